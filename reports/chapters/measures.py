"""The seven measures, each with its labelled fields."""

from reports.chapters.document import Chapter, Field, Fields, Step, Text
from reports.sentences import Sentences
from reports.words import Measure


def measure_chapter(measure: Measure, sentences: Sentences) -> Chapter:
    """One measure: method, owner, time, result, outcome, and evidence where there is any."""
    fields = [
        Field("วิธีการดำเนินการ", steps=steps(measure.method, sentences)),
        Field("ผู้รับผิดชอบ", paragraphs=paragraphs(measure.owner, sentences)),
        Field("ระยะเวลาดำเนินการ", paragraphs=paragraphs("{period}", sentences)),
        Field("ผลการดำเนินการ", paragraphs=paragraphs(measure.result, sentences)),
        Field("ผลลัพธ์/ความสำเร็จ", paragraphs=paragraphs(measure.outcome, sentences)),
    ]
    if measure.evidence:
        fields.append(Field("หลักฐาน", links=measure.evidence))
    heading = f"มาตรการที่ {measure.number} {measure.title}"
    return Chapter(f"measure-{measure.number}", heading, (Fields(tuple(fields)),))


def paragraphs(template: str, sentences: Sentences) -> tuple[Text, ...]:
    """The paragraphs of a text, parted by blank lines."""
    return tuple(sentences.filled(part.strip()) for part in template.split("\n\n") if part.strip())


def steps(method: tuple[str, ...], sentences: Sentences) -> tuple[Step, ...]:
    """Numbered steps; a text that starts with "- " is a point of the step before it."""
    found: list[tuple[Text, list[Text]]] = []
    for text in method:
        if text.startswith("- "):
            found[-1][1].append(sentences.filled(text.removeprefix("- ")))
        else:
            found.append((sentences.filled(text), []))
    return tuple(Step(step, tuple(points)) for step, points in found)
