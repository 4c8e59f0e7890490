import pytest

from cases.facts import Source, SourceKind, SubjectKind


def test_a_recognition_names_its_body() -> None:
    with pytest.raises(ValueError, match="names the body"):
        Source(SourceKind.RECOGNITION)
    assert Source(SourceKind.RECOGNITION, body="示例街道办事处").body == "示例街道办事处"


@pytest.mark.parametrize("kind", SubjectKind)
def test_people_and_those_who_hire_them_have_keys_of_their_own(kind: SubjectKind) -> None:
    assert kind.is_personal is (kind in {SubjectKind.WORKER, SubjectKind.HOUSEHOLD, SubjectKind.EMPLOYER})
