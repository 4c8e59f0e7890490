#!/usr/bin/env python3
"""驿站个案审计包离线核验器 · Checks an audit packet of Yizhan (驿站) without Yizhan and without a network.

    python3 -I -S verify.py PACKET.json [--key FILE] [--checkpoint FILE] [--language zh|en] [--json]

只用 Python 标准库（3.8 以上），不使用驿站的任何代码：本文件自己解析政策、自己重新认定、自己核对签名与证明。
Standard library only (Python 3.8 or later), and none of Yizhan's code: this file reads the policies, decides every
determination again, and checks signatures and proofs by itself.

各节 · Sections
    1  结果 results             2  规范文本 canonical text       3  签名 signatures (Ed25519)
    4  日志证明 log proofs      5  表达式 expressions            6  取值 values
    7  政策 a policy            8  计算 evaluation               9  结论 conclusions
    10 认定核对 a determination 11 审计包 the packet             12 命令 the command

退出码 · exit codes: 0 全部证实 all proved; 1 有不符 something is wrong; 2 不是审计包 no packet;
3 无不符，但有未能证实之处 nothing is wrong, and something could not be proved.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
import itertools
import json
import re
import sys
from calendar import monthrange
from collections import namedtuple
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

FORMS = (1, 2)  # of a packet: in the second, records commit to lines, each under a salt of its own
LINES = 2  # the format of such a record
CONTENT_FORM = 1  # of a policy's content


# == 1 结果 · Results ==================================================================================================
# 每项核对只有三种结果：符合、不符、未能证实。 Each check comes out in one of three ways: right, wrong, or unproved.

RIGHT, WRONG, UNPROVED = "right", "wrong", "unproved"
MARKS = {RIGHT: ("符合", "ok"), WRONG: ("不符", "WRONG"), UNPROVED: ("未证实", "unproved")}

Result = namedtuple("Result", "kind about zh en")


class Results:
    """All results, in the order in which they were found."""

    def __init__(self):
        self.found = []

    def say(self, kind, about, zh, en):
        self.found.append(Result(kind, about, zh, en))

    def must(self, holds, about, right, wrong):
        """`right` and `wrong` are pairs of sentences, Chinese and English."""
        self.say(RIGHT if holds else WRONG, about, *(right if holds else wrong))
        return holds

    def wrong(self, about, zh, en):
        self.say(WRONG, about, zh, en)

    def count(self, kind):
        return sum(result.kind == kind for result in self.found)


class Unreadable(ValueError):
    """Something is not written as it must be; `zh` and `en` say what."""

    def __init__(self, zh, en):
        super().__init__(en)
        self.zh, self.en = zh, en


# == 2 规范文本 · Canonical text =======================================================================================
# 键排序、无空格、只有整数：同一内容只有一种写法，因此改动任何一个字节都会被发现。
# Sorted keys, no spaces, whole numbers only: a content is written in one way, so that every changed byte shows.


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _no_fraction(text):
    raise ValueError("a number with a fraction: " + text)


LONGEST_NUMBER = 30  # digits; no amount, day or count comes near it


def _whole(text):
    if len(text) > LONGEST_NUMBER:
        raise ValueError("a number of %d digits" % len(text))
    return int(text)


def _no_twice(pairs):
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def loaded(text):
    return json.loads(
        text, parse_int=_whole, parse_float=_no_fraction, parse_constant=_no_fraction, object_pairs_hook=_no_twice
    )


def from_canonical(text, zh, en):
    """The value of a canonical text; Unreadable (`zh`, `en` name the text) where it is written in any other way."""
    try:
        value = loaded(text)
        again = canonical(value)
    except (ValueError, RecursionError) as error:
        raise Unreadable("%s不是规范文本：%s" % (zh, error), "%s is not canonical text: %s" % (en, error)) from None
    if again != text:
        raise Unreadable("%s不是规范的写法" % zh, "%s is not written in the canonical way" % en)
    return value


def sha256(data):
    return hashlib.sha256(data).digest()


# == 3 签名 · Signatures ===============================================================================================
# Ed25519（RFC 8032 第5.1节），只做验证。 Ed25519 (RFC 8032, section 5.1), verification only.

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
NEUTRAL = (0, 1, 1, 0)  # a point is (X, Y, Z, T): x = X/Z, y = Y/Z, xy = T/Z


def _add(one, other):
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(number, point):
    found = NEUTRAL
    while number:
        if number & 1:
            found = _add(found, point)
        point = _add(point, point)
        number >>= 1
    return found


def _point(encoded):
    """The point of 32 bytes, or None where there is none."""
    number = int.from_bytes(encoded, "little")
    sign, y = number >> 255, number & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE_POINT = _point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def ed25519_holds(public, signature, message):
    if len(public) != 32 or len(signature) != 64:
        return False
    key, commitment = _point(public), _point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or s >= ORDER:
        return False
    if _times(8, key)[0] == 0:  # 小阶点：谁都能以它“签名” · a point of small order, by which anybody could sign
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    left, right = _times(s, BASE_POINT), _add(commitment, _times(k, key))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


ED25519 = 1
MOST_SIGNATURES = 50
Key = namedtuple("Key", "name id public spelled")


def public_key(spelled):
    """NAME+ID+BASE64, as the log's operator hands it out."""
    try:
        name, id_, encoded = spelled.strip().split("+", 2)
        content = base64.b64decode(encoded, validate=True)
    except ValueError:
        raise Unreadable("公钥应写作 名称+编号+BASE64", "a public key is written NAME+ID+BASE64") from None
    if sha256(name.encode() + b"\n" + content)[:4].hex() != id_ or base64.b64encode(content).decode() != encoded:
        raise Unreadable("公钥的编号与内容不符", "the id of a public key is not its own")
    if content[:1] != bytes([ED25519]):
        raise Unreadable("公钥不是Ed25519", "a public key is not for Ed25519, the only kind this file can check")
    return Key(name, id_, content[1:], spelled.strip())


def opened_note(note, keys):
    """The text of a signed note, and the keys that signed it. Unreadable: no known key did, or a signature fails."""
    text, separator, lines = note.rpartition("\n\n")
    text += "\n"
    if not separator or not lines.endswith("\n"):
        raise Unreadable("签名文本格式不对", "a signed note has an empty line before its signatures")
    signed_by, lines = [], lines[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise Unreadable("签名过多", "there are more signatures than a log has keys")
    for line in lines:
        dash, _, rest = line.partition(" ")
        name, _, encoded = rest.rpartition(" ")
        try:
            content = base64.b64decode(encoded, validate=True)
        except ValueError:
            content = b""
        if dash != "—" or base64.b64encode(content).decode() != encoded or len(content) < 5:
            raise Unreadable("签名行格式不对", "a line of a signature is not written as one")
        for key in dict.fromkeys(keys):
            if key.id == content[:4].hex() and key.name == name:
                if not ed25519_holds(key.public, content[4:], text.encode()):
                    raise Unreadable("签名与所签内容不符", "the signature of %s does not fit what it signs" % name)
                signed_by.append(key)
    if not signed_by:
        raise Unreadable("没有已知的密钥签过此文", "no key that is known signed this")
    return text, signed_by


# == 4 日志证明 · Proofs of the log ====================================================================================
# RFC 9162：叶为 SHA-256(00‖记录)，节点为 SHA-256(01‖左‖右)。
# A leaf is SHA-256(00‖record), a node SHA-256(01‖left‖right).

Checkpoint = namedtuple("Checkpoint", "origin size root at key")


def leaf_hash(record):
    return sha256(b"\x00" + record.encode())


def node_hash(left, right):
    return sha256(b"\x01" + left + right)


def included(root, size, index, leaf, proof):
    """RFC 9162, 2.1.3.2."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for other in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(other, found)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, other)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def consistent(first, first_root, second, second_root, proof):
    """RFC 9162, 2.1.4.2."""
    if first == second:
        return not proof and first_root == second_root
    if not 0 < first < second:
        return False
    path = ([first_root] if first & (first - 1) == 0 else []) + proof
    if not path:
        return False
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = path[0]
    for other in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(other, old), node_hash(other, new)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, other)
        place, last = place >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


def checkpoint(note, keys):
    """The four lines of a signed checkpoint: origin, size, head of the tree, time."""
    text, (key, *_) = opened_note(note, keys)
    try:
        origin, size, root, time = text[:-1].split("\n")
        found = Checkpoint(origin, int(size), base64.b64decode(root, validate=True), time[len("time ") :], key)
    except ValueError:
        raise Unreadable("检查点应为四行", "a checkpoint has four lines") from None
    again = "%s\n%d\n%s\ntime %s\n" % (origin, found.size, base64.b64encode(found.root).decode(), found.at)
    if again != text or len(found.root) != 32:
        raise Unreadable("检查点写法不对", "a checkpoint is written in one way only, and this is another")
    return found


def commitment(salt, name, value):
    """格式1：每个值的承诺 · of format 1: to each value."""
    return hmac.new(salt, canonical([name, value]).encode(), "sha256").hexdigest()


def committed(salts, lines):
    """格式2：正文各行的承诺，每行一个盐值 · of format 2: to the lines of the text, each under a salt of its own."""
    if len(salts) != len(lines) or any(len(salt) != 32 for salt in salts):
        return None
    return sha256(b"".join(sha256(salt + line) for salt, line in zip(salts, lines))).hex()


# 认定正文逐行书写：第一行是结论，其后每个事实一行、每条规则的认定一行；规则的理由与依据在“规则说明”上，按散列引用。
# A determination is written in lines: its outcome, each fact, each rule's finding. What the policy says of its rules
# (role, reason, clauses) stands on a sheet, which the first line names by its hash.


def whole_determination(text, sheets):
    first, _, rest = text.partition("\n")
    outcome, lines = loaded(first), rest.split("\n") if rest else []
    if "sheet" not in outcome:  # 从前的写法：一行写全 · as it was written before, all in one line
        if rest:
            raise Unreadable("认定正文多出了行", "the determination has lines that it cannot have")
        return outcome
    sheet = outcome.pop("sheet")
    if sheet not in sheets or sha256(sheets[sheet].encode()).hex() != sheet:
        raise Unreadable("规则说明不在包内，或与其散列不符", "what its policy says of the rules is missing or changed")
    of_rule = {each["rule"]: each for each in loaded(sheets[sheet])}
    facts = [line for line in lines if line.startswith('"')]
    findings = [loaded(line) for line in lines if not line.startswith('"')]
    whole = dict(outcome, facts_json="{" + ",".join(facts) + "}")
    whole["findings"] = [dict(of_rule[finding["rule"]], **finding) for finding in findings]
    return whole


# == 5 表达式 · Expressions ============================================================================================
# 语法见《政策语言》。表达式读成元组，第一项是它的形式。
# The grammar stands in docs/policy-language.md. An expression becomes a tuple whose first part names its form.

TOKEN = re.compile(
    r"(?P<space>[ \t\r\n]+)|(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9]))|(?P<percent>[0-9]+(?:\.[0-9]+)?%)"
    r"|(?P<refused>[0-9]+\.[0-9]+|[0-9]+_[0-9_]*)|(?P<integer>[0-9]+)|(?P<word>[^\W\d_](?:[^\W\d]|[0-9])*)"
    r"|(?P<sign>==|!=|<=|>=|[-+*/<>(){}\[\],.])"
)
UNITS = {"one": ("one", 1), "fen": ("fen", 1), "yuan": ("fen", 100), "day": ("day", 1), "month": ("month", 1)}
UNITS["year"] = ("month", 12)
SPELLINGS = {"fen": "fen", "yuan": "yuan", "day": "day", "days": "day", "month": "month", "months": "month"}
SPELLINGS.update({"year": "year", "years": "year"})
COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")
QUANTIFIERS = ("any", "all", "count", "sum", "least", "most", "filter", "each")
DEEPEST = 60


def parse(text):
    tokens, at = [], 0
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match or match.lastgroup == "refused":
            raise Unreadable(
                "表达式有无法识别的字符：" + text, "an expression has a character without meaning: " + text
            )
        if match.lastgroup != "space":
            tokens.append((match.lastgroup, match.group()))
        at = match.end()
    parser = Parser([*tokens, ("end", ""), ("end", "")], text)
    found = parser.expression()
    parser.require("")
    return found


class Parser:
    def __init__(self, tokens, text):
        self.tokens, self.text, self.at, self.depth = tokens, text, 0, 0

    @property
    def next(self):
        return self.tokens[self.at][1]

    def take(self):
        self.at += 1
        return self.tokens[self.at - 1][1]

    def require(self, sign):
        if self.next != sign or (not sign and self.tokens[self.at][0] != "end"):
            raise Unreadable("表达式不合语法：" + self.text, "an expression is not of the language: " + self.text)
        return self.take()

    def if_next(self, sign):
        """Take this sign if it stands next."""
        if self.next != sign or self.tokens[self.at][0] == "end":
            return False
        self.at += 1
        return True

    def word(self):
        if self.tokens[self.at][0] != "word":
            self.require("\0")
        return self.take()

    def expression(self):
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable("表达式嵌套过深", "an expression is nested too deep")
        if self.if_next("if"):
            condition = self.expression()
            self.require("then")
            then = self.expression()
            self.require("else")
            found = ("if", condition, then, self.expression())
        else:
            found = self.joined("or", lambda: self.joined("and", self.negation))
        self.depth -= 1
        return found

    def joined(self, word, part):
        parts = [part()]
        while self.if_next(word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else (word, parts)

    def negation(self):
        return ("not", self.negation()) if self.if_next("not") else self.test()

    def test(self):
        left = self.sum(1)
        if self.next in COMPARISONS:
            return ("compare", self.take(), left, self.sum(1))
        negated = self.next == "not"
        if negated:
            self.take()
        if not negated and self.next != "in":
            return left
        self.require("in")
        if not self.if_next("{"):
            return ("in", left, self.word(), negated)
        members = [self.word()]
        while self.if_next(","):
            members.append(self.word())
        self.require("}")
        return ("in", left, members, negated)

    def sum(self, tightness):
        signs = ("+", "-") if tightness == 1 else ("*", "/", "div")
        part = (lambda: self.sum(2)) if tightness == 1 else self.unary
        left = part()
        while self.next in signs:
            left = ("arithmetic", self.take(), left, part())
        return left

    def unary(self):
        return ("negative", self.unary()) if self.if_next("-") else self.atom()

    def atom(self):
        kind, text = self.tokens[self.at]
        if kind == "integer":
            self.take()
            unit = SPELLINGS.get(self.next, "")
            if unit:
                self.take()
            return ("quantity", int(text), unit)
        if kind == "percent":
            return ("percentage", Fraction(self.take()[:-1]) / 100)
        if kind == "day":
            return ("on", date.fromisoformat(self.take()))
        if kind == "word":
            return self.worded(text)
        self.require("(")
        found = self.expression()
        self.require(")")
        return found

    def worded(self, text):
        if text in ("true", "false"):
            return ("truth", self.take() == "true")
        following = self.tokens[self.at + 1][1]
        if following == "(":
            return self.over() if text in QUANTIFIERS else ("call", self.take(), self.listed("(", ")"))
        if following == "[":
            return ("lookup", self.take(), self.listed("[", "]"))
        names = [self.word()]
        while self.if_next("."):
            names.append(self.word())
        return ("path", names)

    def listed(self, opening, closing):
        self.require(opening)
        found = []
        while not self.if_next(closing):
            if found:
                self.require(",")
            found.append(self.expression())
        return found

    def over(self):
        quantifier = self.take()
        self.require("(")
        item = self.word()
        self.require("in")
        source = self.sum(1)
        where = self.expression() if self.if_next("where") else None
        body = self.expression() if self.if_next(",") else None
        empty = self.expression() if body and self.if_next(",") else None
        self.require(")")
        return ("over", quantifier, item, source, where, body, empty)


def children(node):
    """The expressions directly inside one, in the order they are written."""
    form = node[0]
    if form in ("or", "and"):
        return node[1]
    if form in ("call", "lookup"):
        return node[2]
    if form in ("not", "negative", "in"):
        return [node[1]]
    if form in ("compare", "arithmetic"):
        return [node[2], node[3]]
    if form == "if":
        return [node[1], node[2], node[3]]
    return [part for part in node[3:7] if part is not None] if form == "over" else []


def walk(node):
    yield node
    for child in children(node):
        for each in walk(child):
            yield each


# How tightly a form holds its parts together; a looser form inside a tighter place needs brackets.
LOOSE = ("if", "or", "and", "not", "test", "sum", "product", "unary", "atom")


def text_of_tree(tree, place="if"):
    """The canonical text of an expression, as a determination quotes it."""
    held, text = _written(tree)
    return text if LOOSE.index(held) >= LOOSE.index(place) else "(%s)" % text


def _written(tree):
    form = tree[0]
    if form == "if":
        return "if", "if %s then %s else %s" % tuple(text_of_tree(part) for part in tree[1:])
    if form in ("or", "and"):
        tighter = "and" if form == "or" else "not"
        return form, (" %s " % form).join(text_of_tree(part, tighter) for part in tree[1])
    if form == "not":
        return "not", "not " + text_of_tree(tree[1], "not")
    if form == "compare":
        return "test", "%s %s %s" % (text_of_tree(tree[2], "sum"), tree[1], text_of_tree(tree[3], "sum"))
    if form == "in":
        among = tree[2] if isinstance(tree[2], str) else "{%s}" % ", ".join(tree[2])
        return "test", "%s %s %s" % (text_of_tree(tree[1], "sum"), "not in" if tree[3] else "in", among)
    if form == "arithmetic":
        held, tighter = ("sum", "product") if tree[1] in "+-" else ("product", "unary")
        return held, "%s %s %s" % (text_of_tree(tree[2], held), tree[1], text_of_tree(tree[3], tighter))
    if form == "negative":
        return "unary", "-" + text_of_tree(tree[1], "unary")
    return "atom", _written_atom(tree)


def _written_atom(tree):
    form = tree[0]
    if form == "quantity":
        plural = "" if tree[1] == 1 or tree[2] in ("", "fen", "yuan") else "s"
        return ("%d %s%s" % (tree[1], tree[2], plural)).rstrip()
    if form == "percentage":
        digits = next(n for n in itertools.count() if (tree[1] * 100 * 10**n).denominator == 1)
        whole = str(int(tree[1] * 100 * 10**digits)).rjust(digits + 1, "0")
        return "%s.%s%%" % (whole[:-digits], whole[-digits:]) if digits else whole + "%"
    if form == "on":
        return tree[1].isoformat()
    if form == "truth":
        return "true" if tree[1] else "false"
    if form == "path":
        return ".".join(tree[1])
    if form in ("call", "lookup"):
        return ("%s(%s)" if form == "call" else "%s[%s]") % (tree[1], ", ".join(map(text_of_tree, tree[2])))
    _, quantifier, item, source, where, body, empty = tree
    more = (" where " + text_of_tree(where) if where else "") + "".join(
        ", " + text_of_tree(part) for part in (body, empty) if part
    )
    return "%s(%s in %s%s)" % (quantifier, item, text_of_tree(source, "sum"), more)


# == 6 取值 · Values ===================================================================================================
# 事实可能未知，因此每个值都是“还可能是什么”。真假值是几个可能答案的集合；GAP 是法规未规定，CONFLICT 是规定冲突。
# A fact may be unknown, so a value says what it can still be. A truth is a set of possible answers, held as bits: GAP
# is a gap in the law, CONFLICT two clauses that both hold. `kinds` of any other value: ordinary (YES), gap, conflict.


YES, NO, GAP, CONFLICT = 1, 2, 4, 8
EITHER, FLAWS, SINGLES = YES | NO, GAP | CONFLICT, (YES, NO, GAP, CONFLICT)

Num = namedtuple("Num", "lo hi kinds unit")  # unit: one, fen, day, month; on: a day; in: a calendar month
Opt = namedtuple("Opt", "among kinds")  # a member of an enum or an id, out of these; None: any id
Lst = namedtuple("Lst", "entries ghost more of")  # those told of, and up to `more` others, each like `ghost`
Entry = namedtuple("Entry", "value present label")
Row = namedtuple("Row", "label of fields computed")


def settled(answers):
    return answers in SINGLES


def _and_one(left, right):
    return next(answer for answer in (NO, CONFLICT, GAP, YES) if answer in (left, right))


def _and_all(left, right):
    found = 0
    for one in SINGLES:
        for other in SINGLES:
            if one & left and other & right:
                found |= _and_one(one, other)
    return found


AND = [[_and_all(left, right) for right in range(16)] for left in range(16)]


def negation(answers):
    return (answers & FLAWS) | (NO if answers & YES else 0) | (YES if answers & NO else 0)


def both(*answers):
    """`and`; also what kind of value comes of values of these kinds."""
    found = YES
    for answer in answers:
        found = AND[found][answer]
    return found


def some(*answers):
    return negation(both(*(negation(answer) for answer in answers)))


def point(value, unit):
    return Num(value, value, YES, unit)


def is_point(value):
    return value.lo == value.hi and value.kinds == YES


def hull(values, flaws=0):
    """One of these numbers, and nobody knows which; or a flaw instead."""
    plain = [value for value in values if value.kinds & YES]
    kinds = flaws
    for value in values:
        kinds |= value.kinds
    unit = next((value.unit for value in values if value.unit), "")
    if not plain:
        return Num(0, 0, kinds, unit)
    return Num(min(value.lo for value in plain), max(value.hi for value in plain), kinds, unit)


def one_of(given, sample, flaws=0):
    """One of these values, or a flaw instead; `sample` is a value of the same kind."""
    if isinstance(sample, int):
        for value in given:
            flaws |= value
        return flaws
    if isinstance(sample, Num):
        found = hull(given, flaws)
        return found if found.unit else found._replace(unit=sample.unit)
    among, kinds, anything = frozenset(), flaws, False
    for value in given:
        kinds |= value.kinds
        if value.kinds & YES:
            anything = anything or value.among is None
            among |= value.among or frozenset()
    return Opt(None if anything else among, kinds)


def combined(reckon, unit, *values):
    """A number reckoned from others; without an ordinary value for each there is none to reckon."""
    kinds = both(*(value.kinds for value in values))
    if not kinds & YES:
        return Num(0, 0, kinds, unit)
    lo, hi = reckon(*values)
    if max(number.numerator.bit_length() + number.denominator.bit_length() for number in (lo, hi)) > MOST_BITS:
        raise Costly
    return Num(lo, hi, kinds, unit)


def corners(reckon, *values):
    """Of what only rises or only falls in each argument the ends lie at the arguments' ends."""
    found = [reckon(*corner) for corner in itertools.product(*((value.lo, value.hi) for value in values))]
    return min(found), max(found)


# -- 日与月 days and months: a day is its ordinal, a month the months since the year 0 ---------------------------------


def month_of(day):
    on = date.fromordinal(int(day))
    return on.year * 12 + on.month - 1


def first_day(month):
    return date(int(month) // 12, int(month) % 12 + 1, 1).toordinal()


def month_length(month):
    return monthrange(int(month) // 12, int(month) % 12 + 1)[1]


def add_months(day, months):
    """到期月的对应日，没有对应日的为月末日。 The corresponding day of the month, or its last one."""
    month, number = month_of(day) + int(months), date.fromordinal(int(day)).day
    return first_day(month) + min(number, month_length(month)) - 1


def months_between(start, end):
    """The most n with add_months(start, n) <= end."""
    months = month_of(end) - month_of(start)
    return months - 1 if add_months(start, months) > end else months


# == 7 政策 · A policy =================================================================================================
# 政策内容（各层合并后的全文）就是被散列的文本；映射写作键值对的列表，列表写作 {"list": […]}。
# A policy's content, all layers merged, is the text under its hash; a mapping is written as pairs, a list as
# {"list": […]}.

FIRST_DAY, LAST_DAY = date(1900, 1, 1).toordinal(), date(2199, 12, 31).toordinal()
FIRST_MONTH, LAST_MONTH = 1900 * 12, 2199 * 12 + 11
IS_DAY, IS_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")

Type = namedtuple("Type", "kind unit least most members fields")  # kind: bool number day month enum ref list
Fact = namedtuple("Fact", "name type asked_of moves label question fields")
Parameter = namedtuple("Parameter", "value members text authority")
Table = namedtuple("Table", "keys rows")
TableRow = namedtuple("TableRow", "members first last value authority")
Step = namedtuple("Step", "bound inclusive value authority")
Band = namedtuple("Band", "below steps")
Clause = namedtuple("Clause", "id when be beats authority")
Rule = namedtuple("Rule", "id role when reason authority beaten")


def node(value):
    """A part of the content: a text, a list, or a dict."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return [node(each) for each in value["list"]]
    return {key: node(inner) for key, inner in value}


def exact(text):
    if "e" in text.lower():
        raise ValueError("no number of a policy: " + text)
    if text.endswith("%"):
        return Fraction(text[:-1]) / 100
    return Fraction(text) if "/" in text else int(text)


def month_number(text):
    match = IS_MONTH.fullmatch(text)
    if not match:
        raise ValueError("no month: " + text)
    return int(match.group(1)) * 12 + int(match.group(2)) - 1


def measure(text, unit):
    """A value as a policy writes it: with a unit a number; without one also a day, a month or a member."""
    if unit is None and IS_DAY.fullmatch(text):
        return point(date.fromisoformat(text).toordinal(), "on")
    if unit is None and IS_MONTH.fullmatch(text):
        return point(month_number(text), "in")
    if unit is None and text[:1].isalpha():
        return Opt(frozenset([text]), YES)
    base, factor = UNITS[unit or "one"]
    return point(exact(text) * factor, base)


def authority(found):
    return {"clause": found["authority"], "tag": found["tag"]}


def a_type(found):
    kind = found["type"]
    if kind == "day":
        ends = [date.fromisoformat(found[end]).toordinal() if end in found else None for end in ("min", "max")]
        return Type(kind, "on", ends[0] or FIRST_DAY, ends[1] or LAST_DAY, (), {})
    if kind == "month":
        ends = [month_number(found[end]) if end in found else None for end in ("min", "max")]
        return Type(kind, "in", ends[0] or FIRST_MONTH, ends[1] or LAST_MONTH, (), {})
    if kind == "number":
        unit, factor = UNITS[found.get("unit", "one")]
        return Type(kind, unit, exact(found["min"]) * factor, exact(found["max"]) * factor, (), {})
    if kind == "list":
        fields = {name: a_type(inner) for name, inner in found["fields"].items()}
        return Type(kind, "", 0, int(found.get("most", "50")), (), fields)
    return Type(kind, "", 0, 0, tuple(found.get("members", ())), {})


class Policy:
    """A policy, from its content alone."""

    def __init__(self, text):
        content = from_canonical(text, "政策内容", "the content of a policy")
        if content.get("form") != CONTENT_FORM:
            raise Unreadable(
                "政策内容的格式不是本核验器所知", "this file does not know the form of the policy's content"
            )
        try:
            self._read(content)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            if isinstance(error, Unreadable):
                raise
            said = (type(error).__name__, error)
            raise Unreadable("政策内容无法读取：%s %s" % said, "the policy cannot be read: %s %s" % said) from None
        self.reads = {rule.id: self.names_read(rule.when) for rule in self.rules}
        self.steps = 0  # taken for the determination at hand

    def _read(self, content):
        self.id = content["policy"]
        self.version = " ".join("%s@%s" % (layer["jurisdiction"], layer["since"]) for layer in content["layers"])
        reached = [layer["age_reached"]["value"] for layer in content["layers"] if layer["age_reached"]]
        self.age_the_day_after = bool(reached) and reached[-1] == "day_after"
        self.facts = {name: self._fact(name, node(inner)) for name, inner in content["facts"]}
        said = {}
        for item in content["items"]:
            says = node(item["says"])
            if not (isinstance(says, dict) and "left_to" in says):
                said.setdefault(item["section"], {})[item["id"]] = says
        replaced = [
            (each["item"]["section"], each["item"]["id"], node(each["item"]["says"])) for each in content["replaced"]
        ]
        self.parameters = {name: self._parameter(says) for name, says in said.get("parameters", {}).items()}
        self.tables = {name: self._table(says) for name, says in said.get("tables", {}).items()}
        self.bands = {name: self._band(says) for name, says in said.get("bands", {}).items()}
        self.parts = {name: parse(_be(says)) for name, says in said.get("derive", {}).items()}
        self.values = {name: self._clauses(says) for name, says in said.get("values", {}).items()}
        self.columns = {tuple(name.split(".", 1)): parse(_be(says)) for name, says in said.get("columns", {}).items()}
        self.rules = [self._rule(name, says, replaced) for name, says in said.get("rules", {}).items()]
        self.amount = next((parse(_be(says)) for says in said.get("amount", {}).values()), None)

    @staticmethod
    def _fact(name, found):
        label = found["label"]
        question = found.get("question") or {"zh": "请提供：" + label["zh"], "en": "Please give: " + label["en"]}
        asked_of = found.get("asked_of", "applicant")
        fields = {
            key: (inner.get("asked_of", "applicant"), inner["label"]) for key, inner in found.get("fields", {}).items()
        }
        return Fact(name, a_type(found), asked_of, found.get("moves") == "yes", label, question, fields)

    @staticmethod
    def _parameter(found):
        if "set" in found:
            return Parameter(None, tuple(found["set"]), "、".join(found["set"]), authority(found))
        return Parameter(measure(found["value"], found.get("unit")), (), found["value"], authority(found))

    @staticmethod
    def _table(found):
        keys = found["keys"]
        dated = next((kind for kind in keys.values() if isinstance(kind, str)), "")
        ordinal = month_number if dated == "month" else lambda text: date.fromisoformat(text).toordinal()
        rows = [
            TableRow(
                tuple(row[name] for name, kind in keys.items() if isinstance(kind, list)),
                ordinal(row["from"]) if "from" in row else 0,
                ordinal(row["until"]) if "until" in row else 10**9,
                measure(row["value"], found.get("unit")),
                authority(row),
            )
            for row in found["rows"]
        ]
        # A dated key comes last in a lookup, wherever it stands in the file.
        return Table([*(kind for kind in keys.values() if isinstance(kind, list)), *([dated] if dated else [])], rows)

    @staticmethod
    def _band(found):
        def given(text):
            return None if text == "gap" else measure(text, found.get("unit", "one"))

        steps = []
        for step in found["steps"]:
            inclusive = "at_least" in step
            bound = measure(step["at_least" if inclusive else "above"], found.get("by", "one")).lo
            steps.append(Step(bound, inclusive, given(step["value"]), authority(step)))
        return Band(given(found["below"]), steps)

    @staticmethod
    def _clauses(found):
        return [
            Clause(
                id_,
                parse(says["when"]) if "when" in says else None,
                parse(says["be"]),
                says.get("beats", []),
                authority(says),
            )
            for id_, says in found.items()
        ]

    def _rule(self, id_, found, replaced):
        def filled(sentence):
            known = self.parameters
            return re.sub(r"\{(\w+)\}", lambda name: known[name[1]].text if name[1] in known else name[0], sentence)

        reason = {language: filled(found["reason"][language]) for language in ("zh", "en")}
        beaten = [authority(says) for section, name, says in replaced if (section, name) == ("rules", id_)]
        return Rule(id_, found.get("role", "ground"), parse(found["when"]), reason, authority(found), beaten)

    # -- 读到的名称 which names a rule reads --------------------------------------------------------------------------

    def declared(self, name):
        kinds = (self.facts, self.parameters, self.tables, self.bands, self.parts, self.values)
        return any(name in kind for kind in kinds)

    def names_read(self, tree):
        """Every name once, directly or through parts, values and columns, in the order a reader meets them."""
        found, columns = {}, set()
        self._collect(tree, found, columns)
        return list(found)

    def _inside(self, name):
        if name in self.parts:
            return [self.parts[name]]
        return [tree for clause in self.values.get(name, ()) for tree in (clause.when, clause.be) if tree]

    def _collect(self, tree, found, columns):
        fields = set()
        for each in walk(tree):
            name = None
            if each[0] == "path" and self.declared(each[1][0]):
                name = each[1][0]
            elif each[0] == "path":
                fields.update(each[1][1:])
            elif each[0] == "in" and isinstance(each[2], str):
                name = each[2]
            elif each[0] == "lookup":
                name = each[1]
            if name is not None and name not in found:
                found[name] = True
                for inside in self._inside(name):
                    self._collect(inside, found, columns)
        for (of, name), inside in self.columns.items():
            if name in fields and (of, name) not in columns:
                columns.add((of, name))
                self._collect(inside, found, columns)

    def names_shown(self, rule):
        """Tables and bands are law, and not values by themselves."""
        return [name for name in self.reads[rule] if name not in self.tables and name not in self.bands]

    def rests_on(self, rule):
        """The clauses of the values that a rule applied."""
        found = []
        for name in self.reads[rule.id]:
            if name in self.parameters:
                found.append(self.parameters[name].authority)
            for each in self.tables[name].rows if name in self.tables else ():
                found.append(each.authority)
            for each in self.bands[name].steps if name in self.bands else ():
                found.append(each.authority)
            for each in self.values.get(name, ()):
                found.append(each.authority)
        return _once(found)


def _be(says):
    return says["be"] if isinstance(says, dict) else says


def _once(found):
    return [each for place, each in enumerate(found) if each not in found[:place]]


# -- 事实 facts, as they were kept -------------------------------------------------------------------------------------


class Impossible(ValueError):
    """A fact that its declaration does not allow."""


def unknown(type_, label="", of=""):
    """Every value that the declaration allows."""
    if type_.kind == "bool":
        return EITHER
    if type_.kind == "enum":
        return Opt(frozenset(type_.members), YES)
    if type_.kind == "ref":
        return Opt(None, YES)
    if type_.kind == "list":
        return Lst([], _ghost(type_, label, of), type_.most, of)
    return Num(type_.least, type_.most, YES, type_.unit)


def _ghost(type_, label, of):
    """An item nobody has told of."""
    return Entry(
        Row("", of, {name: unknown(inner, label, label) for name, inner in type_.fields.items()}, {}), EITHER, label
    )


def known(name, given, type_, of=""):
    """What is known of a fact or field that is kept as `given`; None: nobody has told."""
    if type_.kind == "list":
        return _list(name, given, type_, of or name)
    if given is None:
        return unknown(type_)
    if type_.kind == "bool" and isinstance(given, bool):
        return YES if given else NO
    if type_.kind == "enum" and given in type_.members:
        return Opt(frozenset([given]), YES)
    if type_.kind == "ref" and isinstance(given, str) and given:
        return Opt(frozenset([given]), YES)
    number = None
    if type_.kind == "number" and isinstance(given, int) and not isinstance(given, bool):
        number = given
    elif type_.kind == "day" and isinstance(given, str):
        number = type_.most if given == "ongoing" else date.fromisoformat(given).toordinal()
    elif type_.kind == "month" and isinstance(given, str):
        number = month_number(given)
    if number is None or not type_.least <= number <= type_.most:
        raise Impossible(name)
    return point(number, type_.unit)


def _list(name, given, type_, of):
    complete = given is not None
    if isinstance(given, dict):
        complete, given = given["complete"], given["items"]
    given = given or []
    if len(given) > type_.most or any(set(item) - set(type_.fields) for item in given):
        raise Impossible(name)
    entries = []
    for number, item in enumerate(given, 1):
        label = "%s[%d]" % (name, number)
        fields = {key: known(label + "." + key, item.get(key), inner, label) for key, inner in type_.fields.items()}
        entries.append(Entry(Row(label, of, fields, {}), YES, label))
    more = 0 if complete else type_.most - len(entries)
    return Lst(entries, _ghost(type_, name, of) if more else None, more, of)


# == 8 计算 · Evaluation ===============================================================================================
# 一个表达式在一组（可能不全的）事实下还可能是什么。 What an expression can still be for facts that may be incomplete.

SIGNS = {"==": 2, "!=": 5, "<": 1, "<=": 3, ">": 4, ">=": 6}  # below 1, equal 2, above 4
MOST_WAYS = 4096  # of guards of clauses that are looked at one by one


MOST_STEPS = 5000000  # of one determination: what needs more was made to keep this file busy
MOST_BITS = 4096  # of a number


class Costly(Unreadable):
    """Deciding takes more than any policy needs."""

    def __init__(self):
        super().__init__("重新认定所需的计算超出任何政策所需", "to decide it takes more than any policy needs")


class Case:
    """One policy with the facts of one case; parts, values and columns are reckoned once."""

    def __init__(self, policy, facts):
        self.policy, self.facts, self.memo = policy, facts, {}

    def verdicts(self):
        return {rule.id: self.value(rule.when, {}) for rule in self.policy.rules}

    def named(self, name):
        """A part or value, by its name."""
        if name not in self.memo:
            parts = self.policy.parts
            self.memo[name] = (
                self.value(parts[name], {}) if name in parts else self._by_clauses(self.policy.values[name])
            )
        return self.memo[name]

    def spend(self, steps=1):
        self.policy.steps += steps
        if self.policy.steps > MOST_STEPS:
            raise Costly

    def value(self, tree, bound):
        self.spend()
        return getattr(self, "_" + tree[0])(tree, bound)

    # -- 字面与名称 literals and names ------------------------------------------------------------------------------

    def _quantity(self, tree, _):
        unit, factor = UNITS[tree[2] or "one"]
        return point(tree[1] * factor, unit)

    def _percentage(self, tree, _):
        return point(tree[1], "one")

    def _on(self, tree, _):
        return point(tree[1].toordinal(), "on")

    def _truth(self, tree, _):
        return YES if tree[1] else NO

    def _path(self, tree, bound):
        name, fields = tree[1][0], tree[1][1:]
        if name in bound:
            found = bound[name]
            for field in fields:
                found = self._field(found, field)
            return found
        if name in self.facts:
            return self.facts[name]
        if name in self.policy.parameters:
            return self.policy.parameters[name].value
        if name in self.policy.parts or name in self.policy.values:
            return self.named(name)
        return Opt(frozenset([name]), YES)

    def _field(self, row, name):
        if name in row.fields:
            return row.fields[name]
        if name not in row.computed:
            row.computed[name] = self.value(self.policy.columns[row.of, name], {"it": row})
        return row.computed[name]

    # -- 逻辑与比较 logic and comparisons ---------------------------------------------------------------------------

    def _if(self, tree, bound):
        answers = self.value(tree[1], bound)
        then, otherwise = self.value(tree[2], bound), self.value(tree[3], bound)
        given = ([then] if answers & YES else []) + ([otherwise] if answers & NO else [])
        return one_of(given, then, answers & FLAWS)

    def _or(self, tree, bound):
        return some(*(self.value(part, bound) for part in tree[1]))

    def _and(self, tree, bound):
        return both(*(self.value(part, bound) for part in tree[1]))

    def _not(self, tree, bound):
        return negation(self.value(tree[1], bound))

    def _compare(self, tree, bound):
        left, right = self.value(tree[2], bound), self.value(tree[3], bound)
        kinds = both(left.kinds, right.kinds)
        if not kinds & YES:
            return kinds
        if isinstance(left, Opt):
            same = _same(left, right)
            return (same if tree[1] == "==" else negation(same)) | (kinds & FLAWS)
        signs = (1 if left.lo < right.hi else 0) | (4 if left.hi > right.lo else 0)
        signs |= 2 if left.lo <= right.hi and right.lo <= left.hi else 0
        holds = SIGNS[tree[1]]
        return (YES if signs & holds else 0) | (NO if signs & ~holds else 0) | (kinds & FLAWS)

    def _in(self, tree, bound):
        item, among = self.value(tree[1], bound), tree[2]
        members = set(self.policy.parameters[among].members if isinstance(among, str) else among)
        answers = item.kinds & FLAWS
        if item.kinds & YES:
            answers |= (YES if item.among & members else 0) | (NO if item.among - members else 0)
        return negation(answers) if tree[3] else answers

    # -- 算术 arithmetic --------------------------------------------------------------------------------------------

    def _negative(self, tree, bound):
        return _minus(self.value(tree[1], bound))

    def _arithmetic(self, tree, bound):
        sign, left, right = tree[1], self.value(tree[2], bound), self.value(tree[3], bound)
        if sign in "+-":
            return _sum(left, right) if sign == "+" else _difference(left, right)
        if sign == "*":
            unit = right.unit if left.unit == "one" else left.unit
            return combined(lambda a, b: corners(lambda x, y: x * y, a, b), unit, left, right)
        unit = "one" if left.unit == right.unit else left.unit
        if sign == "div":
            return combined(lambda a, b: corners(lambda x, y: x // y, a, b), unit, left, right)
        return combined(lambda a, b: corners(lambda x, y: Fraction(x) / y, a, b), unit, left, right)

    # -- 表、档与分款 tables, bands, clauses ------------------------------------------------------------------------

    def _lookup(self, tree, bound):
        table = self.policy.tables[tree[1]]
        keys = [self.value(key, bound) for key in tree[2]]
        kinds, values = both(*(key.kinds for key in keys)), []
        flaws = kinds & FLAWS
        if kinds & YES:
            dated = next(((key.lo, key.hi) for key in keys if isinstance(key, Num)), (0, 0))
            for members in itertools.product(*(sorted(key.among) for key in keys if isinstance(key, Opt))):
                self.spend(1 + len(table.rows))
                rows = [r for r in table.rows if r.members == members and r.first <= dated[1] and dated[0] <= r.last]
                values += [row.value for row in rows]
                flaws |= GAP if _uncovered(rows, dated) else 0
        return one_of(values, table.rows[0].value, flaws)

    def _band(self, name, by):
        band = self.policy.bands[name]
        if not by.kinds & YES:
            return one_of([], band.steps[0].value or point(0, ""), by.kinds)
        reached = [] if _stands(by.lo, band.steps[0]) else [band.below]
        for step, following in itertools.zip_longest(band.steps, band.steps[1:]):
            if _stands(by.hi, step) and not (following and _stands(by.lo, following)):
                reached.append(step.value)
        flaws = (by.kinds & FLAWS) | (GAP if None in reached else 0)
        return hull([value for value in reached if value is not None], flaws)

    def _by_clauses(self, clauses):
        guards = [self.value(clause.when, {}) if clause.when else YES for clause in clauses]
        beats = _beats(clauses)
        winners, flaws = set(), 0
        for number, way in enumerate(itertools.product(*([s for s in SINGLES if s & guard] for guard in guards))):
            if number >= MOST_WAYS:
                winners, flaws = {clause.id for clause in clauses}, FLAWS
                break
            holding = [clause.id for clause, answer in zip(clauses, way) if answer == YES]
            beaten = {loser for winner in holding for loser in beats[winner]}
            left = [id_ for id_ in holding if id_ not in beaten]
            flawed = [answer for clause, answer in zip(clauses, way) if answer & FLAWS and clause.id not in beaten]
            if flawed:
                flaws |= CONFLICT if CONFLICT in flawed else GAP
            elif len(left) == 1:
                winners.add(left[0])
            else:
                flaws |= CONFLICT if left else GAP
        values = [(clause.id, self.value(clause.be, {})) for clause in clauses]
        return one_of([value for id_, value in values if id_ in winners], values[0][1], flaws)

    # -- 名单 lists -------------------------------------------------------------------------------------------------

    def _kept(self, tree, bound):
        _, _, item, source, where, _, _ = tree
        found = self.value(source, bound)
        if where is None:
            return found

        def keep(entry):
            there = self.value(where, dict(bound, **{item: entry.value}))
            return entry._replace(present=both(entry.present, there))

        entries = [entry for entry in map(keep, found.entries) if entry.present != NO]
        ghost = keep(found.ghost) if found.ghost else None
        if ghost is None or ghost.present == NO:
            return Lst(entries, None, 0, found.of)
        return Lst(entries, ghost, found.more, found.of)

    def _over(self, tree, bound):
        quantifier, item, body, empty = tree[1], tree[2], tree[5], tree[6]
        found = self._kept(tree, bound)
        if quantifier == "filter":
            return found
        if quantifier == "count":
            return _count(found)

        def told(entry):
            return self.value(body, dict(bound, **{item: entry.value}))

        if quantifier == "each":
            ghost = found.ghost and found.ghost._replace(value=told(found.ghost))
            return Lst([e._replace(value=told(e)) for e in found.entries], ghost, found.more, found.of)
        values = [(entry.present, told(entry)) for entry in found.entries]
        untold = (found.ghost.present, told(found.ghost)) if found.ghost else None
        if quantifier == "sum":
            return _total(values, untold, found.more)
        values += [untold] if untold else []
        if quantifier == "any":
            return some(*(both(present, answer) for present, answer in values))
        if quantifier == "all":
            return both(*(some(negation(present), answer) for present, answer in values))
        return _extreme(values, self.value(empty, bound), max if quantifier == "most" else min)

    # -- 函数 functions ---------------------------------------------------------------------------------------------

    def _call(self, tree, bound):
        name, arguments = tree[1], tree[2]
        if name == "band":
            return self._band(arguments[0][1][0], self.value(arguments[1], bound))
        values = [self.value(argument, bound) for argument in arguments]
        if name == "age":
            late = 1 if self.policy.age_the_day_after else 0
            return _elapsed(lambda born, on: _years(born, max(1, on - late)), "month")(*values)
        return FUNCTIONS[name](*values)


def _same(left, right):
    if left.among is None or right.among is None:
        return EITHER
    common = left.among & right.among
    surely = common and len(left.among) == len(right.among) == 1
    return (YES if common else 0) | (0 if surely else NO)


def _minus(value):
    return combined(lambda a: (-a.hi, -a.lo), value.unit, value)


def _sum(left, right):
    if left.unit == "on" and right.unit == "month":
        return combined(lambda a, b: (add_months(a.lo, b.lo), add_months(a.hi, b.hi)), "on", left, right)
    return combined(lambda a, b: (a.lo + b.lo, a.hi + b.hi), left.unit or right.unit, left, right)


def _difference(left, right):
    found = _sum(left, right._replace(lo=-right.hi, hi=-right.lo))
    between = {("on", "on"): "day", ("in", "in"): "month"}
    return found._replace(unit=between.get((left.unit, right.unit), found.unit))


def _uncovered(rows, window):
    """Whether some day of the window lies in no row."""
    first, last = window
    for row in sorted(rows, key=lambda row: (row.first, row.last)):
        if row.first > first:
            return True
        first = max(first, row.last + 1)
    return first <= last


def _stands(number, step):
    return number >= step.bound if step.inclusive else number > step.bound


def _beats(clauses):
    beats = {clause.id: set(clause.beats) for clause in clauses}
    for _ in clauses:
        for beaten in beats.values():
            beaten |= {further for each in list(beaten) for further in beats.get(each, ())}
    return beats


def _kinds_of(present, value):
    """What an item makes of a result: its own flaw, its value's if it is there, nothing if it is not."""
    return (present & FLAWS) | (value.kinds if present & YES else 0) | (YES if present & NO else 0)


def _list_kinds(found):
    """Whether it is certain what a list holds, or the law leaves that open."""
    kinds = both(*((e.present & FLAWS) | (YES if e.present & EITHER else 0) for e in found.entries))
    return kinds | (found.ghost.present & FLAWS if found.ghost else 0)


def _surely(entry):
    return entry.present & EITHER == YES


def _count(found):
    kinds = _list_kinds(found)
    if not kinds & YES:
        return Num(0, 0, kinds, "one")
    possible = sum(1 for entry in found.entries if entry.present & YES)
    untold = found.more if found.ghost and found.ghost.present & YES else 0
    return Num(sum(1 for entry in found.entries if _surely(entry)), possible + untold, kinds, "one")


def _total(values, untold, more):
    counted = values + ([untold] if untold else [])
    kinds = both(*(_kinds_of(present, value) for present, value in counted))
    unit = next((value.unit for _, value in counted if value.unit), "")
    if not kinds & YES:
        return Num(0, 0, kinds, unit)
    lo, hi = 0, 0
    for place, (present, value) in enumerate(counted):
        times = more if place == len(values) else 1
        if present & YES and value.kinds & YES:
            maybe = present & NO
            lo += times * (min(0, value.lo) if maybe else value.lo)
            hi += times * (max(0, value.hi) if maybe else value.hi)
    return Num(lo, hi, kinds, unit)


def _extreme(values, empty, pick):
    kinds = both(*(_kinds_of(present, value) for present, value in values))
    certain = [value for present, value in values if present & EITHER == YES and value.kinds & YES]
    possible = [value for present, value in values if present & YES and value.kinds & YES]
    unit = next((value.unit for value in (empty, *possible) if value.unit), "")
    if not kinds & YES:
        return Num(0, 0, kinds, unit)
    if not certain:
        found = hull([*possible, empty])
        return found._replace(kinds=(kinds & FLAWS) | found.kinds)
    if pick is max:
        return Num(max(value.lo for value in certain), max(value.hi for value in possible), kinds, unit)
    return Num(min(value.lo for value in possible), min(value.hi for value in certain), kinds, unit)


def _first(n, found):
    """The first n, in the order given; an item that nobody told of could stand before any of them."""
    entries, certain, possible = [], 0, 0
    for entry in found.entries:
        reached = n.kinds & FLAWS
        if n.kinds & YES:
            reached |= (YES if certain < n.hi else 0) | (NO if possible + found.more >= n.lo else 0)
        present = both(entry.present, reached)
        certain += entry.present == YES
        possible += bool(entry.present & YES)
        if present != NO:
            entries.append(entry._replace(present=present))
    more = min(found.more, max(0, int(n.hi))) if n.kinds & YES else found.more
    if not more or found.ghost is None:
        return Lst(entries, None, more, found.of)
    reached = n.kinds & FLAWS | (YES | NO if n.kinds & YES else 0)
    return Lst(entries, found.ghost._replace(present=both(found.ghost.present, reached)), more, found.of)


def _value_kinds(found):
    return [_kinds_of(entry.present, entry.value) for entry in found.entries if not isinstance(entry.value, (Row, int))]


def _distinct(found):
    kinds = both(_list_kinds(found), *_value_kinds(found))
    if not kinds & YES:
        return Num(0, 0, kinds, "one")

    def key(value):
        if isinstance(value, Opt):
            return next(iter(value.among)) if value.among is not None and len(value.among) == 1 else None
        return value.lo if value.lo == value.hi else None

    certain = {key(entry.value) for entry in found.entries if _surely(entry)}
    possible = [key(entry.value) for entry in found.entries if entry.present & YES]
    known_ones = len(certain - {None})
    told = len(set(possible) - {None}) + possible.count(None)
    return Num(known_ones or min(1, len(certain)), told + found.more, kinds, "one")


# -- 期间 periods ------------------------------------------------------------------------------------------------------


def _covered(stretches, first, last):
    """How many days from first to last lie in a stretch; a day in two of them counts once."""
    days = 0
    for start, end in sorted(stretches):
        begin, stop = max(start, first), min(end, last)
        if begin <= stop:
            days += stop - begin + 1
            first = stop + 1
    return days


def _days_in(first, last):
    return max(0, last - first + 1)


def _stretches(periods):
    """Those that surely are periods, at their shortest; and those that may be, at their longest."""
    bounds = [(entry, entry.value.fields["from_day"], entry.value.fields["until"]) for entry in periods.entries]
    shortest = [(start.hi, end.lo) for entry, start, end in bounds if _surely(entry)]
    return shortest, [(start.lo, end.hi) for entry, start, end in bounds if entry.present & YES]


def _covers(periods, start, end):
    kinds = both(_list_kinds(periods), start.kinds, end.kinds)
    if not kinds & YES:
        return kinds
    shortest, longest = _stretches(periods)
    surely = start.lo > end.hi or _covered(shortest, start.lo, end.hi) == _days_in(start.lo, end.hi)
    told = start.hi <= end.lo and not periods.more
    never = told and _covered(longest, start.hi, end.lo) < _days_in(start.hi, end.lo)
    return (kinds & FLAWS) | (0 if never else YES) | (0 if surely else NO)


def _covered_days(periods, start, end):
    kinds = both(_list_kinds(periods), start.kinds, end.kinds)
    if not kinds & YES:
        return Num(0, 0, kinds, "day")
    shortest, longest = _stretches(periods)
    most = _days_in(start.lo, end.hi) if periods.more else _covered(longest, start.lo, end.hi)
    return Num(_covered(shortest, start.hi, end.lo), most, kinds, "day")


def _after(day, length, unit):
    return add_months(day, length) if unit == "month" else int(day + length)


def _most_within(days, length):
    kinds = both(_list_kinds(days), length.kinds, *_value_kinds(days))
    if not kinds & YES:
        return Num(0, 0, kinds, "one")
    certain = [entry.value for entry in days.entries if _surely(entry)]
    possible = [entry.value for entry in days.entries if entry.present & YES]
    least = most = 0
    for s in certain:
        ends = _after(s.lo, length.lo, length.unit)
        least = max(least, sum(1 for d in certain if s.lo <= d.lo and d.hi <= ends))
    for s in possible:
        ends = _after(s.hi, length.hi, length.unit)
        most = max(most, sum(1 for d in possible if s.hi <= d.hi and d.lo <= ends))
    return Num(least, most + days.more, kinds, "one")


def _reach(start, days, length):
    """The last day on which a term started anew; an event after the term has run out starts nothing."""
    kinds = both(start.kinds, _list_kinds(days), length.kinds, *_value_kinds(days))
    if not kinds & YES:
        return Num(0, 0, kinds, "on")
    least = start.lo
    for latest, earliest in sorted((e.value.hi, e.value.lo) for e in days.entries if _surely(e)):
        if latest <= _after(least, length.lo, length.unit):
            least = max(least, earliest)
    return Num(least, _latest_reach(start.hi, days, length), kinds, "on")


def _latest_reach(day, days, length):
    possible = [entry.value for entry in days.entries if entry.present & YES]
    jumps = days.more + sum(1 for value in possible if value.lo < value.hi)
    ends = [value.hi for value in possible] + ([days.ghost.value.hi] if days.ghost else [])
    latest = max(ends) if ends else 0
    while True:
        term = _after(day, length.hi, length.unit)
        told = max([value.hi for value in possible if value.lo == value.hi and day < value.hi <= term] or [day])
        if told > day:
            day = told
        elif jumps and min(term, latest) > day:
            day, jumps = min(term, latest), jumps - 1
        else:
            return day


# -- 数值函数 functions of numbers and days ----------------------------------------------------------------------------


def _elapsed(reckon, unit):
    """From one day to another: the more, the earlier the first and the later the second."""

    def function(start, end):
        return combined(lambda a, b: (reckon(int(a.hi), int(b.lo)), reckon(int(a.lo), int(b.hi))), unit, start, end)

    return function


def _years(start, end):
    return months_between(start, end) // 12 * 12


def _rising(reckon, unit):
    return lambda value: combined(lambda a: (reckon(a.lo), reckon(a.hi)), unit, value)


def _year(value):
    return _rising(
        (lambda day: month_of(day) // 12) if value.unit == "on" else (lambda month: int(month) // 12), "one"
    )(value)


def _month_days(value):
    def bounds(a):
        if a.hi - a.lo >= 12:
            return 28, 31
        lengths = [month_length(month) for month in range(int(a.lo), int(a.hi) + 1)]
        return min(lengths), max(lengths)

    return combined(bounds, "day", value)


def _pick(pick):
    def function(*values):
        unit = next((value.unit for value in values if value.unit), "")
        return combined(lambda *a: (pick(v.lo for v in a), pick(v.hi for v in a)), unit, *values)

    return function


def _down(value, step):
    return value // step * step


def _up(value, step):
    return -(-value // step) * step


def _half_up(value, step):
    """四舍五入：五入时远离零。 A half goes away from zero."""
    nearest = (abs(Fraction(value) / step) + Fraction(1, 2)) // 1 * step
    return nearest if value >= 0 else -nearest


def _rounded(mode):
    def function(value, by=None):
        step = by.lo if by else 1
        return combined(lambda a: (mode(a.lo, step), mode(a.hi, step)), value.unit, value)

    return function


def _shared(mode):
    def function(amount, part, whole):
        def bounds(*values):
            least, most = corners(lambda a, p, w: a * p / Fraction(w), *values)
            return mode(least, 1), mode(most, 1)

        return combined(bounds, amount.unit, amount, part, whole)

    return function


FUNCTIONS = {
    "days": _elapsed(lambda start, end: end - start, "day"),
    "months": _elapsed(months_between, "month"),
    "years": _elapsed(_years, "month"),
    "month": _rising(month_of, "in"),
    "year": _year,
    "first_day": _rising(first_day, "on"),
    "last_day": _rising(lambda month: first_day(month) + month_length(month) - 1, "on"),
    "month_days": _month_days,
    "min": _pick(min),
    "max": _pick(max),
    "round_down": _rounded(_down),
    "round_up": _rounded(_up),
    "round_half_up": _rounded(_half_up),
    "share_down": _shared(_down),
    "share_half_up": _shared(_half_up),
    "covers": _covers,
    "covered_days": _covered_days,
    "most_within": _most_within,
    "reach": _reach,
    "first": _first,
    "distinct": _distinct,
}


# == 9 结论 · Conclusions ==============================================================================================
# 有任一“情形”、全部“条件”、没有“排除”，即为符合。 Some ground if there are any, every condition, no exclusion.

CONCLUSIONS = {YES: "granted", NO: "refused", GAP: "gap", CONFLICT: "conflict"}
OPEN = ("needs-information", "for-judgment")
MOST_BOXES = 4000  # parts of what is unknown that are looked at before this file gives up, and says so
VERDICTS = {YES: "yes", NO: "no"}


def outcome_of(policy, found):
    roles = {role: [] for role in ("ground", "condition", "exclusion", "path")}
    for rule in policy.rules:
        roles[rule.role].append(found[rule.id])
    if roles["path"] and not (roles["ground"] or roles["condition"] or roles["exclusion"]):
        return some(*roles["path"])
    grounds = some(*roles["ground"]) if roles["ground"] else YES
    return both(grounds, *roles["condition"], *(negation(answer) for answer in roles["exclusion"]))


class Completions:
    """Every way in which what is unknown could still turn out, looked at box by box until each is settled.

    `outcomes` are those that were met; `complete`: nothing was left out; `stuck`: some box stays open however far it is
    divided, since a list is not known to be whole.
    """

    def __init__(self, policy, facts):
        self.policy, self.outcomes, self.complete, self.stuck = policy, set(), True, False
        self.ids = [*sorted({one for value in facts.values() for one in _ids(value)}), "\0one", "\0other"]
        boxes, looked_at = [facts], 0
        while boxes and not self.differ:
            looked_at += 1
            if looked_at > MOST_BOXES:
                self.complete = False
                return
            box = boxes.pop()
            try:
                found = Case(policy, box).verdicts()
            except Costly:
                self.complete = False
                return
            answers = (outcome_of(policy, found), *(found[rule.id] for rule in policy.rules if rule.role == "path"))
            if all(map(settled, answers)):
                self.outcomes.add(answers)
            else:
                boxes += self.divided(box)

    @property
    def differ(self):
        return self.stuck or len(self.outcomes) > 1

    def divided(self, box):
        """The box cut in two or more along the fact with the fewest values left."""
        sizes = [(size, name) for name, value in box.items() if (size := self.size(value)) > 1]
        if not sizes:
            self.stuck = True
            return []
        name = min(sizes)[1]
        return [dict(box, **{name: part}) for part in self.parts(box[name])]

    def size(self, value):
        if isinstance(value, int):
            return 2 if value == EITHER else 1
        if isinstance(value, Opt):
            return len(self.ids) if value.among is None else len(value.among)
        return value.hi - value.lo + 1 if isinstance(value, Num) else 1

    def parts(self, value):
        if isinstance(value, int):
            return [YES, NO]
        if isinstance(value, Opt):
            return [Opt(frozenset([one]), YES) for one in (self.ids if value.among is None else value.among)]
        middle = (value.lo + value.hi) // 2
        return [value._replace(hi=middle), value._replace(lo=middle + 1)]


def _ids(value):
    if isinstance(value, Opt) and value.among is not None and len(value.among) == 1:
        return list(value.among)
    if isinstance(value, Lst):
        return [one for entry in value.entries for inner in entry.value.fields.values() for one in _ids(inner)]
    return []


# == 10 认定核对 · A determination =====================================================================================
# 按政策内容与事实重新认定，再与当时写下的逐条相比。
# Decided again from the policy's content and the facts, and compared with what was written then, rule by rule.


def text_of(value):
    """A value as a determination writes it; None where this file cannot say it as narrowly."""
    if isinstance(value, int):
        return {YES: "true", NO: "false", GAP: "gap", CONFLICT: "conflict"}.get(value, "?")
    if isinstance(value, Lst):
        return "%d%s" % (len(value.entries), "+" if value.more else "")
    if isinstance(value, Row):
        return value.label
    if isinstance(value, Opt):
        one = value.among is not None and len(value.among) == 1 and value.kinds == YES
        return next(iter(value.among)) if one else {GAP: "gap", CONFLICT: "conflict"}.get(value.kinds, "?")
    if not value.kinds & YES:
        return {GAP: "gap", CONFLICT: "conflict"}.get(value.kinds, "?")
    if value.kinds != YES:
        return "?"
    if is_point(value):
        return _number_text(value.lo, value.unit)
    return "%s..%s" % (_number_text(value.lo, value.unit), _number_text(value.hi, value.unit))


def _number_text(number, unit):
    if unit == "on":
        return date.fromordinal(int(number)).isoformat()
    if unit == "in":
        return "%04d-%02d" % (int(number) // 12, int(number) % 12 + 1)
    return str(Fraction(number))


def reads_the_same(written, value):
    """A range that is all its type allows is written `?`; this file does not work out types, and takes either."""
    again = text_of(value)
    return written == again or (written == "?" and ".." in again)


class Determination:
    """One determination, checked against the content of its policy."""

    def __init__(self, results, about, made, policy):
        self.results, self.about, self.made, self.policy = results, about, made, policy

    def check(self):
        facts = self.facts()
        if facts is None:
            return
        self.policy.steps = 0
        case = Case(self.policy, facts)
        found = case.verdicts()
        self.findings(case, found)
        self.readings("parts", self.made.get("parts"), [*self.policy.parts, *self.policy.values], case)
        self.items(case)
        self.amount(case)
        self.conclusion(facts, found)
        self.turn(facts)

    def wrong(self, zh, en):
        self.results.wrong(self.about, zh, en)

    def facts(self):
        """Every declared fact as it was kept; None where one cannot be."""
        kept = from_canonical(self.made["facts_json"], "事实", "the facts")
        for name in sorted(set(kept) - set(self.policy.facts)):
            self.wrong("事实%s不是该政策读取的事实" % name, "the fact %s is none that this policy reads" % name)
        try:
            return {name: known(name, kept.get(name), fact.type) for name, fact in self.policy.facts.items()}
        except (ValueError, TypeError, LookupError, AttributeError) as error:
            self.wrong("有事实不符合其声明：%s" % error, "a fact does not fit its declaration: %s" % error)
            return None

    def findings(self, case, found):
        written = {finding["rule"]: finding for finding in self.made["findings"]}
        same_rules = [finding["rule"] for finding in self.made["findings"]] == [rule.id for rule in self.policy.rules]
        if not same_rules:
            self.wrong("规则与政策内容所列不同", "the rules are not those of the policy's content")
        agreed = 0
        for rule in self.policy.rules:
            if rule.id in written:
                agreed += self.finding(rule, written[rule.id], case, found[rule.id])
        if same_rules and agreed == len(written):
            said = ("%d条规则的结论、所读数值、理由与依据均与重新计算一致" % agreed,
                    "%d rules: verdicts, values read, reasons and clauses come out again" % agreed)  # fmt: skip
            self.results.say(RIGHT, self.about, *said)

    def finding(self, rule, written, case, answers):
        before = self.results.count(WRONG)
        verdict = VERDICTS.get(answers, "unknown")
        if written["verdict"] != verdict:
            said = (rule.id, written["verdict"], verdict)
            self.wrong("规则%s写作%s，重新计算为%s" % said, "the rule %s is written as %s and comes to %s" % said)
        law = {
            "role": rule.role,
            "reason": rule.reason,
            "authority": rule.authority,
            "rests_on": self.policy.rests_on(rule),
            "beaten": _once(rule.beaten),
        }
        for field, expected in law.items():
            if written[field] != expected:
                said = (rule.id, field)
                self.wrong("规则%s的%s与政策内容不同" % said, "the rule %s: its %s is not the policy's" % said)
        self.readings(rule.id, written["read"], self.policy.names_shown(rule.id), case)
        failing = list(self.failing(rule.when, case)) if answers == NO else []
        if not _the_same_shortfalls(written["shortfalls"], failing):
            self.wrong("规则%s为何不成立，写得不同" % rule.id, "the rule %s does not fail by what is written" % rule.id)
        return self.results.count(WRONG) == before

    def failing(self, tree, case):
        """Of a condition that does not hold: the first part of an `and` that fails, every part of an `or`."""
        form = tree[0]
        if form == "and":
            parts = [next(part for part in tree[1] if case.value(part, {}) == NO)]
        elif form == "or":
            parts = tree[1]
        elif form == "path" and tree[1][0] in self.policy.parts:
            parts = [self.policy.parts[tree[1][0]]]
        else:
            yield self.shortfall(tree, case)
            return
        for part in parts:
            for each in self.failing(part, case):
                yield each

    @staticmethod
    def shortfall(tree, case):
        """Its text, what two compared sides came to, and which items of a list failed."""
        if tree[0] == "compare":
            return text_of_tree(tree), (case.value(tree[2], {}), case.value(tree[3], {})), []
        if tree[0] != "over" or tree[1] != "all":
            return text_of_tree(tree), None, []
        _, _, item, source, where, body, _ = tree
        labels = []
        for entry in case.value(source, {}).entries:
            inside = {item: entry.value}
            there = where is None or case.value(where, inside) == YES
            if entry.present == YES and there and case.value(body, inside) == NO:
                labels.append(entry.label)
        return text_of_tree(tree), None, labels

    def items(self, case):
        """What the columns of each item came to."""
        lists, listed = dict.fromkeys(of for of, _ in self.policy.columns), self.made.get("items")
        found = [(entry, of) for of in lists for entry in case.facts[of].entries]
        if listed is None:
            return
        if [each["item"] for each in listed] != [entry.label for entry, _ in found]:
            self.wrong("逐项结果所列的项不同", "other items are listed than there are")
            return
        for each, (entry, of) in zip(listed, found):
            names = [name for list_, name in self.policy.columns if list_ == of]
            same = [reading["name"] for reading in each["read"]] == names and all(
                reads_the_same(reading["value"], case.value(("path", ["it", reading["name"]]), {"it": entry.value}))
                for reading in each["read"]
            )
            if not same:
                self.wrong("%s逐项结果不同" % each["item"], "%s comes to something else" % each["item"])

    def readings(self, what, written, names, case):
        if written is None:
            return
        if [reading["name"] for reading in written] != names:
            self.wrong("%s：读取的名称不同" % what, "%s: other names are read" % what)
            return
        for reading in written:
            if not self.reads(case, reading):
                said = (what, reading["name"], reading["value"])
                self.wrong(
                    "%s：%s写作%s，与重新计算不同" % said, "%s: %s is written as %s and comes to something else" % said
                )

    def reads(self, case, reading):
        name, written = reading["name"], reading["value"]
        if name in case.facts:
            return reads_the_same(written, case.facts[name])
        if name in self.policy.parameters:
            parameter = self.policy.parameters[name]
            return written == (",".join(sorted(parameter.members)) or text_of(parameter.value))
        return reads_the_same(written, case.named(name))

    def amount(self, case):
        amount = case.value(self.policy.amount, {}) if self.policy.amount else None
        again = int(amount.lo) if amount is not None and is_point(amount) else None
        written = self.made.get("amount_fen")
        if written != again:
            said = (written, again)
            self.wrong("金额写作%s分，重新计算为%s分" % said, "the amount is written as %s fen and comes to %s" % said)
        elif again is not None:
            self.results.say(
                RIGHT, self.about, "金额%d分与重新计算一致" % again, "the amount of %d fen comes out again" % again
            )

    def conclusion(self, facts, found):
        written, outcome = self.made["conclusion"], outcome_of(self.policy, found)
        if written == "engines-disagree":
            if not self.made["disagreements"]:
                self.wrong("写作引擎不一致，却未列出分歧", "engines are said to disagree, and nowhere is said where")
            said = "两个引擎当时不一致，由人决定；本核验器只能重现其中一个"
            self.results.say(UNPROVED, self.about, said, "the engines disagreed then, and a person decided")
            return
        if self.made["disagreements"]:
            self.wrong("列有引擎分歧，结论却不是引擎不一致", "a disagreement of engines is listed, and not concluded")
        self.questions(facts, written)
        if settled(outcome):
            again = CONCLUSIONS[outcome]
            right = ("结论“%s”与重新计算一致" % again, "the conclusion '%s' comes out again" % again)
            wrong = (
                "结论写作%s，重新计算为%s" % (written, again),
                "the conclusion is written as %s and comes to %s" % (written, again),
            )
            self.results.must(written == again, self.about, right, wrong)
        else:
            self.open_conclusion(written, Completions(self.policy, facts))

    def open_conclusion(self, written, tried):
        """Of a case that the rules leave open: whether it is the same whatever the unknown facts are."""
        only = CONCLUSIONS[next(iter(tried.outcomes))[0]] if tried.complete and not tried.differ else None
        if written not in CONCLUSIONS.values() and written not in OPEN:
            self.wrong("结论%s不在所知之列" % written, "the conclusion %s is none there is" % written)
        elif (written in OPEN and tried.differ) or (written == only and written not in OPEN):
            zh, en = ("仍可因未知事实而变", "unknown facts can still change it") if written in OPEN else (
                "未知事实无论如何都不能改变它", "whatever the unknown facts are")  # fmt: skip
            self.results.say(RIGHT, self.about, "结论“%s”成立：%s" % (written, zh), "'%s' holds: %s" % (written, en))
        elif written not in OPEN and (tried.differ or only):
            self.wrong(
                "结论写作%s，但未知事实仍可改变它" % written,
                "it is concluded as %s, and unknown facts can change that" % written,
            )
        else:
            said = ("未知事实的组合过多，未能证实结论“%s”" % written,
                    "too many facts are unknown to prove the conclusion '%s'" % written)  # fmt: skip
            self.results.say(UNPROVED, self.about, *said)

    def turn(self, facts):
        """The day on which time alone turns it: so on that day, and not on the day before."""
        turn, moving = self.made.get("turns"), [fact.name for fact in self.policy.facts.values() if fact.moves]
        if turn is None:
            return
        on, start = date.fromisoformat(turn["on"]).toordinal(), facts[moving[0]].lo if moving else None
        if start is None or not _is_known(facts[moving[0]]) or on <= start:
            self.wrong(
                "没有随时间变化的事实，却写有转变之日", "no fact moves with time, and a day is named on which it turns"
            )
            return
        before, after = (self.concluded(dict(facts, **{moving[0]: point(day, "on")})) for day in (on - 1, on))
        expected = ("open" if self.made["conclusion"] in OPEN else self.made["conclusion"],
                    "open" if turn["conclusion"] in OPEN else turn["conclusion"])  # fmt: skip
        if None in (before, after):
            said = ("未能证实%s的转变" % turn["on"], "that it turns on %s could not be proved" % turn["on"])
            self.results.say(UNPROVED, self.about, *said)
        else:
            right = ("仅因时间，%s起转变（更早的日子没有逐日核对）" % turn["on"],
                     "time alone turns it on %s (earlier days were not walked through)" % turn["on"])  # fmt: skip
            wrong = ("%s并不如所写转变" % turn["on"], "it does not turn on %s as is written" % turn["on"])
            self.results.must((before, after) == expected, self.about, right, wrong)

    def concluded(self, facts):
        """A conclusion, `open`, or None where there is too much to try."""
        outcome = outcome_of(self.policy, Case(self.policy, facts).verdicts())
        if settled(outcome):
            return CONCLUSIONS[outcome]
        tried = Completions(self.policy, facts)
        if tried.differ:
            return "open"
        return CONCLUSIONS[next(iter(tried.outcomes))[0]] if tried.complete else None

    def questions(self, facts, written):
        """What is asked for is unknown, and asked of those whom the policy names."""
        asked_of = set()
        for question in self.made["questions"]:
            name = question["fact"]
            fact = self.policy.facts.get(name.partition("[")[0])
            field = name.rpartition(".")[2] if "." in name else ""
            if fact is None or _is_known(facts.get(name)):
                self.wrong("所问的%s并非未知" % name, "%s is asked for and is not unknown" % name)
                continue
            wording, asked = fact.question, fact.asked_of
            if field in fact.fields:
                asked, label = fact.fields[field]
                wording = {
                    "zh": "%s：%s？" % (fact.label["zh"], label["zh"]),
                    "en": "%s: %s?" % (fact.label["en"], label["en"]),
                }
            asked_of.add(asked)
            if (question["asked_of"], question["wording"]) != (asked, wording):
                self.wrong("关于%s的提问与政策内容不同" % name, "the question about %s is not the policy's" % name)
        if written in OPEN and (written == "for-judgment") != (asked_of == {"officer"}):
            self.wrong("结论%s与应答之人不符" % written, "%s does not fit who is asked" % written)


def _the_same_shortfalls(written_then, again):
    if len(written_then) != len(again):
        return False
    for then, (condition, sides, labels) in zip(written_then, again):
        values = sides or ("", "")
        same = (
            reads_the_same(said, value) if sides else said == ""
            for said, value in zip((then["left"], then["right"]), values)
        )
        if then["condition"] != condition or then["items"] != labels or not all(same):
            return False
    return True


def _is_known(value):
    if value is None or isinstance(value, Lst):
        return False
    if isinstance(value, int):
        return settled(value)
    return is_point(value) if isinstance(value, Num) else value.among is not None and len(value.among) == 1


# == 11 审计包 · The packet ============================================================================================
# 一份审计包：一个个案的全部认定与决定、所依政策的全文、日志中的记录与证明、签名的检查点与公钥。
# A case's determinations and decisions, the policies whole, the log's records with proofs, signed checkpoints, keys.

SAME_IN_BOTH = ("policy", "version", "policy_hash", "jurisdiction", "conclusion", "engines")
ADOPTABLE = ("granted", "refused")


class Packet:
    def __init__(self, text, results, keys, checkpoints):
        self.results, self.trusted, self.checkpoints = results, keys, checkpoints
        whole = from_canonical(text, "审计包", "the packet")
        if not isinstance(whole, dict) or set(whole) != {"format", "note", "packet"}:
            raise Unreadable("这不是审计包", "this is no audit packet")
        if whole["format"] not in FORMS or whole["format"] is True:
            raise Unreadable("审计包的格式是本核验器所不知的", "this file does not know the packet's form")
        self.form, self.note, self.said = whole["format"], whole["note"], whole["packet"]

    def check(self):
        """All checks; what is so broken that a check cannot even be made is wrong too."""
        checks = [
            ("签名 signature", self.signature),
            ("检查点 checkpoint", self.head),
            ("政策 policies", self.policies),
            ("日志 log", self.entries),
            ("认定 determinations", self.determinations),
        ]
        self.keys, self.tree, self.known_policies, self.erased = [], None, {}, {}
        for about, check in checks:
            try:
                check()
            except Unreadable as error:
                self.results.wrong(about, error.zh, error.en)
            except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError) as error:
                said = (type(error).__name__, error)
                self.results.wrong(
                    about, "内容残缺，无法核对：%s %s" % said, "it is broken and cannot be checked: %s %s" % said
                )

    # -- 签名与检查点 signatures and checkpoints ----------------------------------------------------------------------

    def signature(self):
        self.keys = [public_key(spelled) for spelled in self.said["keys"]]
        text, signed_by = opened_note(self.note, self.keys)
        key = signed_by[-1]
        digest = sha256(canonical(self.said).encode()).hex()
        expected = "yizhan packet v%d\n%s\nsha256 %s\n" % (self.form, self.said["case"]["id"], digest)
        right = ("全部内容由%s签名" % key.name, "all of it is signed by %s" % key.name)
        wrong = ("签名所签的不是这些内容：审计包被改动过", "what is signed is not this: the packet was changed")
        self.results.must(text == expected, "签名 signature", right, wrong)
        ids = {trusted.spelled for trusted in self.trusted}
        if any(each.spelled in ids for each in signed_by):
            said = ("签名密钥与您给出的公钥一致", "the key that signed is the one you gave")
            self.results.say(RIGHT, "签名 signature", *said)
        elif self.trusted:
            self.results.wrong(
                "签名 signature", "签名密钥不是您给出的公钥", "the key that signed is not one that you gave"
            )
        else:
            said = ("公钥随包而来：请用 --key 与另行取得的公钥比对（编号%s）" % key.id,
                    "the public key came with the packet: give your own by --key (id %s)" % key.id)  # fmt: skip
            self.results.say(UNPROVED, "签名 signature", *said)

    def head(self):
        about, note = "检查点 checkpoint", self.said["checkpoint"]
        if note is None:
            said = (
                "日志还没有签名的检查点，未能证实任何记录",
                "the log has no signed checkpoint yet; no record can be proved",
            )
            self.results.say(UNPROVED, about, *said)
            if self.checkpoints:
                self.results.wrong(
                    about,
                    "您保存有检查点，日志却没有：日志不见了",
                    "you keep a checkpoint and the log has none: it is gone",
                )
            return
        self.tree = checkpoint(note, self.keys)
        said = (self.tree.size, self.tree.at)
        self.results.say(RIGHT, about, "%d条记录的日志，签名于%s" % said, "a log of %d records, signed at %s" % said)
        older = [(checkpoint(each["note"], self.keys), _hashes(each["proof"])) for each in self.said["older"]]
        for each, proof in older:
            holds = each.origin == self.tree.origin and consistent(
                each.size, each.root, self.tree.size, self.tree.root, proof
            )
            right = (
                "与%d条记录时的检查点一致：其后只有追加" % each.size,
                "the log of %d records was only added to" % each.size,
            )
            wrong = (
                "与%d条记录时的检查点不一致：日志被改写过" % each.size,
                "the log of %d records was rewritten" % each.size,
            )
            self.results.must(holds, about, right, wrong)
        for note in self.checkpoints:
            self.given_checkpoint(
                checkpoint(note, [*self.keys, *self.trusted]), [self.tree, *(each for each, _ in older)]
            )

    def given_checkpoint(self, given, shown):
        """One that the auditor has from elsewhere: the packet must show that the log grew out of it."""
        about = "检查点 checkpoint"
        if given.origin != self.tree.origin:
            said = (self.tree.origin, given.origin)
            self.results.wrong(
                about, "日志是%s，您的检查点属于%s" % said, "the log is %s, and your checkpoint is of %s" % said
            )
            return
        if given.size > self.tree.size and _instant(given.at) < _instant(self.tree.at):
            said = (self.tree.size, given.size)
            self.results.wrong(
                about,
                "日志只有%d条，比您更早的检查点（%d条）还短：内容被去掉了" % said,
                "the log has %d records, less than your older checkpoint (size %d): some were taken away" % said,
            )
            return
        same = [each for each in shown if (each.origin, each.size) == (given.origin, given.size)]
        if not same:
            said = ("审计包没有到您的检查点（%d条）的证明：请以该检查点重新导出" % given.size,
                    "no proof to your checkpoint (size %d): have the packet exported with it" % given.size)  # fmt: skip
            self.results.say(UNPROVED, about, *said)
            return
        right = (
            "与您保存的检查点一致（%d条）" % given.size,
            "it agrees with the checkpoint you keep (size %d)" % given.size,
        )
        wrong = (
            "与您保存的检查点不一致：日志被改写过",
            "it contradicts the checkpoint you keep: the log was rewritten",
        )
        self.results.must(same[0].root == given.root, about, right, wrong)

    # -- 政策与记录 policies and records ------------------------------------------------------------------------------

    def policies(self):
        for hash_, content in self.said["policies"].items():
            about = "政策 policy " + hash_[:12]
            if sha256(content.encode()).hex() != hash_:
                self.results.wrong(about, "政策内容与其散列不符", "the policy's content is not the one of its hash")
                continue
            self.known_policies[hash_] = Policy(content)
            said = "%s %s" % (self.known_policies[hash_].id, self.known_policies[hash_].version)
            self.results.say(RIGHT, about, "%s：内容与散列相符" % said, "%s: the content is that of its hash" % said)

        for hash_, content in self.said.get("sheets", {}).items():
            if sha256(content.encode()).hex() != hash_:
                about = "规则说明 sheet " + hash_[:12]
                self.results.wrong(about, "内容与其散列不符", "its content is not the one of its hash")

    def entries(self):
        self.records = []
        for entry in self.said["entries"]:
            record = from_canonical(entry["record"], "日志记录", "a record of the log")
            if "kind" not in record:
                said = ("早于本格式的记录：只核对它在日志中的位置",
                        "a record of before this form: only its place in the log is looked at")  # fmt: skip
                self.results.say(UNPROVED, "日志 log " + str(record.get("case")), *said)
                self.in_the_log(dict(record, id=str(record.get("case"))), entry)
                continue
            self.records.append((record, entry))
            if record["kind"] == "erasure":
                self.erased.update(dict.fromkeys(record["entries"], record))
            self.in_the_log(record, entry)

    def in_the_log(self, record, entry):
        about = "日志 log " + record["id"]
        if (entry["salt"] if record.get("format") == LINES else entry.get("salts")) is not None:
            self.results.wrong(about, "盐值不属于这种格式的记录", "the salt is none of a record of this format")
        if entry["index"] is None:
            said = ("尚未编入日志", "it has no place in the log yet")
            self.results.say(UNPROVED, about, *said)
        elif self.tree is not None:
            leaf, proof = leaf_hash(entry["record"]), _hashes(entry["proof"])
            right = ("第%d条，在签名的日志中" % entry["index"], "number %d, in the signed log" % entry["index"])
            wrong = ("第%d条不在签名的日志中：记录或证明被改动" % entry["index"],
                     "number %d is not in the signed log: record or proof was changed" % entry["index"])  # fmt: skip
            self.results.must(
                included(self.tree.root, self.tree.size, entry["index"], leaf, proof), about, right, wrong
            )

    # -- 认定与决定 determinations and decisions ----------------------------------------------------------------------

    def determinations(self):
        logged = {record["determination"]: record for record, _ in self.records if record["kind"] == "determination"}
        texts, seen = {}, set()
        for each in self.said["determinations"]:
            about, record = "认定 determination " + each["id"], logged.get(each["id"])
            if each["id"] in seen:
                self.results.wrong(about, "同一认定出现两次", "it stands in the packet twice")
            seen.add(each["id"])
            if each["text"] is not None:
                texts[each["id"]] = (each["text"], self.decided_again(about, each["text"]))
            if record is None:
                self.results.wrong(about, "决定日志从未收到过它", "the decision log was never given it")
                continue
            if (_instant(each["made_at"]), each["policy_hash"]) != (_instant(record["at"]), record["policy_hash"]):
                self.results.wrong(
                    about, "时间或政策与日志记录不同", "its time or policy is not that of its record in the log"
                )
            if each["text"] is None and record["id"] not in self.erased:
                self.results.wrong(
                    about, "缺认定正文，也没有删除记录", "the determination is missing, and no erasure is recorded"
                )
        for record, entry in self.records:
            if record["kind"] in ("determination", "decision"):
                self.record(record, entry, texts)

    def decided_again(self, about, text):
        made = None
        try:
            made = whole_determination(text, self.said.get("sheets", {}))
            policy = self.known_policies.get(made["policy_hash"])
            if policy is None:
                said = (
                    "没有政策内容，未能重新认定",
                    "its policy's content is not in the packet; it could not be decided again",
                )
                self.results.say(UNPROVED, about, *said)
            elif (policy.id, policy.version) != (made["policy"], made["version"]):
                self.results.wrong(about, "政策或版本与其散列不符", "the policy or version is not that of its hash")
            else:
                Determination(self.results, about, made, policy).check()
        except Unreadable as error:
            self.results.wrong(about, error.zh, error.en)
        except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError) as error:
            said = (type(error).__name__, error)
            self.results.wrong(
                about, "内容残缺，无法重新认定：%s %s" % said, "it is broken and cannot be decided: %s %s" % said
            )
            return None
        return made

    def record(self, record, entry, texts):
        about = "%s %s %s" % ("决定" if record["kind"] == "decision" else "认定", record["kind"], record["id"])
        if record["case"] != self.said["case"]["id"]:
            self.results.wrong(about, "记录属于另一个案", "the record is of another case")
        if record["kind"] == "decision":
            self.decision(about, record)
        if entry["salt"] is None and not entry.get("salts"):
            erasure = self.erased.get(record["id"])
            if record["determination"] in texts:
                self.results.wrong(
                    about,
                    "没有盐值，包内的认定正文无从核对",
                    "without its salt nothing vouches for the text that is given",
                )
            if erasure is None:
                self.results.wrong(about, "没有盐值，也没有删除记录", "the salt is missing, and no erasure is recorded")
            else:
                said = (erasure["at"], erasure["basis"])
                self.results.say(
                    RIGHT,
                    about,
                    "已于%s删除，依据%s；证明仍成立" % said,
                    "erased on %s, basis %s; its proof holds" % said,
                )
            return
        text, made = texts.get(record["determination"], (None, None))
        if made is None:
            self.results.wrong(
                about, "认定正文不在包内，或已残缺", "the determination itself is not in the packet, or broken"
            )
            return
        self.committed(about, record, entry, text, made)

    def decision(self, about, record):
        if record["departs"]:
            holds = record["second_officer"] not in (None, record["officer"])
            wrong = ("偏离认定而没有第二人", "it departs from the determination without a second person")
        else:
            holds = record["conclusion"] in ADOPTABLE and record["granted"] == (record["conclusion"] == "granted")
            wrong = ("采纳的结果与认定结论不符", "what is adopted is not what was determined")
        right = ("决定与认定的关系成立", "the decision stands to its determination as it says")
        self.results.must(holds, about, right, wrong)

    def committed(self, about, record, entry, text, made):
        """What the log has shown of personal values since then, against the values themselves."""
        differing = []
        for field in SAME_IN_BOTH:
            if record[field] != made[field]:
                differing.append(field)
        if record["amount_fen"] != made.get("amount_fen"):
            differing.append("amount_fen")
        lines = record["format"] == LINES
        differing += self.lines(record, entry, text) if lines else self.values(record, entry, text, made)
        right = ("事实、规则、结论与日志当时记下的相符", "facts, rules and conclusion are those the log was given then")
        names = ", ".join(differing)
        wrong = ("与日志当时记下的不符：" + names, "not what the log was given then: " + names)
        if self.results.must(not differing, about, right, wrong) and record.get("words") and entry["words"] is None:
            said = (
                "审批人的文字没有导出，其承诺未打开",
                "the officers' words were not exported; their commitment stays closed",
            )
            self.results.say(RIGHT, about, *said)

    def lines(self, record, entry, text):
        """Format 2: the whole text, line by line under the salts that are shown."""
        found = committed(_hashes(entry["salts"] or []), text.encode().split(b"\n"))
        differing = [] if found is not None and found == record["committed"] else ["text"]
        return differing if entry["words"] is None else [*differing, "words"]

    def values(self, record, entry, text, made):
        """Format 1: each value under the one salt of the record."""
        salt, differing = bytes.fromhex(entry["salt"] or ""), []
        values = {"facts": json.loads(made["facts_json"]), "findings": {}, "whole": {"detail": text}}
        for finding in made["findings"]:
            read = [[reading["name"], reading["value"]] for reading in finding["read"]]
            values["findings"][finding["rule"]] = [finding["verdict"], read]
        if entry["words"] is not None:
            values["words"] = entry["words"]
            differing += [] if record.get("words") else ["words"]
        for group, shown in values.items():
            names = sorted(set(shown) | set(record.get(group, {})))
            for name in names:
                full = name if group == "facts" else "%s/%s" % (group, name)
                if name not in shown or record[group].get(name) != commitment(salt, full, shown[name]):
                    differing.append(full)
        return differing


def _instant(text):
    return datetime.fromisoformat(text)


def _hashes(texts):
    return [bytes.fromhex(text) for text in texts]


# == 12 命令 · The command =============================================================================================


def verify(text, keys=(), checkpoints=()):
    """The results for a packet's text; Unreadable where it is no packet."""
    results = Results()
    Packet(text, results, list(keys), list(checkpoints)).check()
    return results


NOT_CHECKED_ZH = (
    "未核对：事实本身是否属实；包内是否有该个案的全部记录（须看整个日志）；个案的阶段、结果与日期（不在日志中）；"
    "当时两个引擎各自的结论；所写转变之日以前是否已会转变。"
)
NOT_CHECKED_EN = (
    "Not checked: whether the facts are true; whether the packet holds every record of the case (that takes the whole "
    "log); the case's stage, outcome and days (not in the log); what each of the two engines said then; whether it "
    "turns on an earlier day than the one that is named, or on any day if none is."
)


def shown(text):
    """What stands in a packet cannot move the cursor, hide a line or add one."""
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in text)


def _lines(results, language):
    for result in results.found:
        zh, en = MARKS[result.kind]
        if language != "en":
            yield shown("[%s] %s：%s" % (zh, result.about, result.zh))
        if language != "zh":
            yield shown("[%s] %s: %s" % (en, result.about, result.en))
    counts = tuple(results.count(kind) for kind in (RIGHT, WRONG, UNPROVED))
    if language != "en":
        yield "共：符合%d，不符%d，未证实%d。" % counts
    if language != "zh":
        yield "In all: %d right, %d wrong, %d unproved." % counts
    if language != "en":
        yield NOT_CHECKED_ZH
    if language != "zh":
        yield NOT_CHECKED_EN


def _arguments():
    parser = argparse.ArgumentParser(description="核验审计包 · Check an audit packet.")
    parser.add_argument("packet", help="审计包 · the packet")
    parser.add_argument(
        "--key", action="append", default=[], metavar="FILE", help="另行取得的公钥 · a public key had elsewhere"
    )
    parser.add_argument(
        "--checkpoint", action="append", default=[], metavar="FILE", help="您保存的检查点 · a checkpoint you keep"
    )
    parser.add_argument("--language", choices=("zh", "en"), help="只用一种语言 · one language only")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出 · results as JSON")
    return parser.parse_args()


def _read(path):
    return Path(path).read_bytes().decode("utf-8")


def main():
    arguments = _arguments()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")
    try:
        keys = [public_key(line) for path in arguments.key for line in _read(path).split()]
        results = verify(_read(arguments.packet), keys, [_read(path) for path in arguments.checkpoint])
    except (OSError, UnicodeDecodeError) as error:
        sys.stderr.write("无法读取 · cannot be read: %s\n" % error)
        return 2
    except Unreadable as error:
        sys.stderr.write("%s。\n%s.\n" % (shown(error.zh), shown(error.en)))
        return 2
    if arguments.json:
        sys.stdout.write(json.dumps([result._asdict() for result in results.found]) + "\n")
    else:
        sys.stdout.write("\n".join(_lines(results, arguments.language)) + "\n")
    if results.count(WRONG):
        return 1
    return 3 if results.count(UNPROVED) else 0


if __name__ == "__main__":
    sys.exit(main())
