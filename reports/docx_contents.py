"""The table of contents of a Word document: a field whose entries stand there already, each linked to its heading.

Word adds the page numbers when a reader updates the field; until then there are none, rather than wrong ones.
"""

import re

_HEADING = re.compile(r'<w:p(?: [^>]*)?><w:pPr><w:pStyle w:val="Heading1"/>(?:(?!</w:p>).)*</w:p>', re.S)
_FIRST_BOOKMARK = 70_000  # above the numbers that Word gave to the bookmarks of a template
_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-1" \\h \\z \\u '
    '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
_END = '<w:p><w:pPr><w:pStyle w:val="AfterTable"/></w:pPr><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'


def with_contents(xml: str, mark: str) -> str:
    """The body of a document with its contents in place of the mark, and a bookmark at each heading of a chapter."""
    entries: list[str] = []

    def bookmarked(found: re.Match[str]) -> str:
        shown = "".join(re.findall("<w:t(?: [^>]*)?>([^<]*)</w:t>", found[0]))
        if not shown.strip():
            return found[0]
        number, name = _FIRST_BOOKMARK + len(entries), f"_Toc_chapter_{len(entries) + 1}"
        text = f'<w:r><w:t xml:space="preserve">{shown}</w:t></w:r>'
        entries.append(f'<w:hyperlink w:anchor="{name}" w:history="1">{text}</w:hyperlink>')
        start, end = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>', f'<w:bookmarkEnd w:id="{number}"/>'
        return found[0].replace("</w:pPr>", "</w:pPr>" + start, 1).removesuffix("</w:p>") + end + "</w:p>"

    if mark not in xml:
        return xml
    marked = _HEADING.sub(bookmarked, xml)
    field = [_FIELD, *[""] * len(entries)]
    lines = (
        f'<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr>{begun}{entry}</w:p>'
        for begun, entry in zip(field, entries, strict=False)
    )
    return marked.replace(mark, "".join(lines) + _END if entries else "")
