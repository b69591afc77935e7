"""Cited addresses: dead since the first time that they were found so, alive again, or cited no more."""

from tests.warehouse.exports import day
from warehouse.store.connection import Warehouse
from warehouse.store.links import DeadLink, dead_links_known, keep_links
from warehouse.vocabulary.errors import Words

GONE, SLOW = Words("ตอบรหัส 404", "status 404"), Words("ไม่ตอบ", "no answer")


def test_an_address_is_dead_since_it_was_first_found_so_until_it_opens_again(warehouse: Warehouse):
    keep_links(warehouse, ["a", "b"], {"b": GONE}, now=day(0))
    keep_links(warehouse, ["a", "b"], {"a": GONE, "b": SLOW}, now=day(1))
    assert dead_links_known(warehouse) == {"a": DeadLink("a", day(1), GONE), "b": DeadLink("b", day(0), SLOW)}
    keep_links(warehouse, ["a", "b"], {"a": GONE}, now=day(2))
    keep_links(warehouse, ["a", "b"], {"b": GONE}, now=day(3))
    assert dead_links_known(warehouse) == {"b": DeadLink("b", day(3), GONE)}


def test_what_is_cited_no_more_is_forgotten(warehouse: Warehouse):
    keep_links(warehouse, ["a"], {"a": GONE}, now=day(0))
    keep_links(warehouse, [], {}, now=day(1))
    assert dead_links_known(warehouse) == {}
