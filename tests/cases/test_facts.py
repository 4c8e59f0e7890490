import pytest

from cases.facts import Source, SourceKind, Subject, SubjectKind, employment

OF_PEOPLE = {SubjectKind.WORKER, SubjectKind.HOUSEHOLD, SubjectKind.EMPLOYER, SubjectKind.EMPLOYMENT}


def test_a_recognition_names_its_body() -> None:
    with pytest.raises(ValueError, match="names the body"):
        Source(SourceKind.RECOGNITION)
    assert Source(SourceKind.RECOGNITION, body="示例街道办事处").body == "示例街道办事处"


@pytest.mark.parametrize("kind", SubjectKind)
def test_people_and_those_who_hire_them_are_told_of_under_seal(kind: SubjectKind) -> None:
    assert kind.is_personal is (kind in OF_PEOPLE)


def test_what_is_told_of_an_employment_is_sealed_for_the_worker() -> None:
    assert employment("worker-1", "employer-1") != employment("worker-1", "employer-2")
    assert employment("worker-1", "employer-1").key_of == "worker-1"
    assert Subject(SubjectKind.EMPLOYER, "employer-1").key_of == "employer-1"
