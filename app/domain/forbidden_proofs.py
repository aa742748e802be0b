"""The twenty proofs that village and residents' committees must not issue (民发〔2020〕20号), told by a paper's title.

What a citizen is told instead stands in the catalogue (``forbidden_proofs.yaml``). This list is the program's own, so
that no catalogue and no template takes it away.
"""

from collections.abc import Collection, Mapping

from app.domain.catalogue import UseLevel

PROOF = "证明"
FORBIDDEN_PROOFS: Mapping[str, tuple[str, ...]] = {
    "亲属关系证明": ("亲属",),
    "居民身份信息证明": ("身份",),
    "户口登记项目内容变更申请证明": ("户口登记", "改名"),
    "居民养犬证明": ("养犬", "养狗"),
    "无犯罪记录证明": ("犯罪",),
    "社区戒毒社区康复人员情况（表现）证明": ("戒毒", "社区康复"),
    "人员失踪证明": ("失踪",),
    "婚姻状况证明": ("婚姻", "单身", "未婚"),
    "出生证明": ("出生",),
    "健在证明": ("健在", "在世"),
    "死亡证明": ("死亡",),
    "疾病状况证明": ("疾病", "就诊"),
    "残疾状况证明": ("残疾",),
    "婚育状况证明": ("婚育",),
    "居民就业状况证明": ("就业", "无业"),
    "居民个人档案证明": ("档案",),
    "居民财产证明": ("财产",),
    "遗产继承权证明": ("继承",),
    "市场主体住所证明": ("市场主体", "营业场所"),
    "证件遗失证明": ("遗失", "丢失"),
}
"""Each with the words that tell it in whatever way a title puts it."""


def forbidden_proof(title: str) -> str:
    """Return which of the twenty a paper of this title is, empty when it is none."""
    said = "".join(title.split())
    if PROOF not in said:
        return ""
    return next((name for name, words in FORBIDDEN_PROOFS.items() if any(word in said for word in words)), "")


def forbidden_at(levels: Collection[UseLevel], titles: Collection[str]) -> str:
    """Return which of the twenty a village could issue by a certificate for ``levels``, empty when it could not.

    Without levels everybody may issue it.
    """
    if levels and UseLevel.VILLAGE not in levels:
        return ""
    return next(filter(None, map(forbidden_proof, titles)), "")
