"""The number of a paper (文书编号): its kind, its year, its case, and its place among the case's papers."""

from datetime import date

from cases.papers import PaperKind

WORDS = {
    PaperKind.REFERRAL_LETTER: "推荐",
    PaperKind.LABOUR_CONTRACT: "合同",
    PaperKind.PART_TIME_CONTRACT: "合同",
    PaperKind.PUBLIC_POST_AGREEMENT: "公岗",
    PaperKind.CLOSING_NOTICE: "办结",
    PaperKind.EXIT_NOTICE: "退出",
    PaperKind.SUBSIDY_DETERMINATION_NOTICE: "补审",
    PaperKind.SUBSIDY_DECISION_NOTICE: "补决",
    PaperKind.PAYMENT_INSTRUCTION: "拨付",
    PaperKind.SUBSIDY_STOP_NOTICE: "停发",
    PaperKind.RECOVERY_NOTICE: "追回",
    PaperKind.SUBSIDY_NOTICE_LIST: "公示",
}


def paper_number(kind: PaperKind, case_id: str, paper_id: str, dated: date) -> str:
    of_case, of_paper = case_id.removeprefix("case-"), paper_id.removeprefix("paper-")
    return f"{WORDS[kind]}〔{dated.year}〕{of_case}-{of_paper}号"
