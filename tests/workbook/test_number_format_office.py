"""What a cell shows, judged by LibreOffice: every format with every value, in one conversion.

Where LibreOffice and Excel part, Excel counts, because the workbooks are its own (and WPS does as it does).
``DIFFERENCES`` lists them, each with its reason. Mostly LibreOffice can still be the judge, because another code
or value makes it show what Excel shows; ``EXCEL_ONLY`` has the cells for which nothing does.
"""

import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

import pytest

from generator.workbook.number_format import HIDDEN, builtin, shown, traits

SOFFICE = shutil.which("soffice")

NUMBERS = [
    *("0", "1", "-1", "0.5", "0.85", "-0.001", "0.005", "1E-7", "5.25", "7", "10", "95", "101.05", "1234.5"),
    *("-1234.567", "20305", "44132", "44132.354", "66.6666666666667", "39637500", "123456789012345"),
]
VALUES = [*map(Decimal, NUMBERS), "甲", "12"]
MONEY = [
    *('0!.0,"万元"', '0\\.0,"万元"', "0.00,,", "0!.0000", '0!.0000"万元"', '#,##0.00"万元"', '0.00,,"万"\n%'),
    *('0"."0,', '#!.0,"万"', '0.00\n%', '0.00"万"\n%', '[>=10000]0!.0,"万元";0"元"', '#,##0,', '0.0,"千元"'),
    *('[$￥-804]#,##0.00', '[$¥-804]#,##0', '"￥"#,##0.00;[Red]"￥"-#,##0.00', "$#,##0.00_);($#,##0.00)"),
    *('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', '_-[$€-2] * #,##0.00_-', "[$USD] 0.0"),
]
PLAIN = [
    *("0", "00", "#", "?", "0.0", "0.000", ".00", "#,##0", "0,000.00", "#,###", "???,???", "?.??", "0.0??", "0.0#"),
    *("0000-00-00", "000\\-0000", "+0;-0", "-0", "(0)", "0-", '"约"0', '0"元"', "0 %", '0"%"', "0\\%", "0!%", "#%"),
    *("0.0#%", "0%%", "0.##", "#.##", '"共"0"元"', '0"/"0', '"a"0"b".0"c"0', "0_)", "*-0", "[Color5]0", "[红色]0"),
    *("0.0E+0", "00.00E+00", "0.00E-00", "0E+0", "##0E+0", "# ???/???", "# ?/8", "# ??/16", "?/?", "#/#", "0 0/0"),
]
SECTIONS = [
    *("0;-0", "0;0", "0;", "0;;", ";;;", '0;"负"0', '0;-0;"零"', '0;-0;"零";@', '0;-0;;"文"@', "0.0;[Red]-0.0;0"),
    *('0_);(0)', '0"元";-0"元";"无"', "General;-General", 'General"元"', "GENERAL", 'G/通用格式"元"', "[Blue]General"),
    *("@", '"甲:"@', '0;0;0;"x"@"y"@', "0;@", '[=1]"是";[=0]"否";0', '[=0]"";General', "[<>0]0.0;0"),
    *('[<0]"负"0;0', "[>0]0;[<0]-0.0;0.00", "[>=1000]0.0;[<0]-0.00;0", '[Red][<60]0"差";0', "[<1]0.0%;0"),
    *('[>0]"增"0;[<0]"减"0;"平"', '[=95]"优"', '[>0]"增"0;[=0]"平";"减"0', "[<-0.005]-0.00;0.00"),
]
DATES = [
    *("yyyy-mm-dd", "yy.m.d", 'yyyy"年"m"月"d"日"', 'yyyy"年"m"月"d"日";@', '[$-804]yyyy"年"m"月"', "m/d", "dd", "mm"),
    *("aaa", "aaaa", "[$-804]aaaa", "[$-804]dddd", "[$-409]ddd", "[$-409]dddd", "ddd", "dddd", "mmm", "mmmm d"),
    *("mmmmm", "[$-804]mmm", "[$-804]mmmm", "[$-409]mmmm", "[$-404]e/m/d", '[$-404]e"年"', "[$-F800]dddd, mmmm dd"),
    *('[DBNum1][$-804]yyyy"年"m"月"d"日"', '[DBNum1]m"月"d"日"', '[DBNum2]yyyy"年"', 'yyyy"年"m"月" h:mm', "m/d h:m"),
]
TIMES = [
    *("h:mm", "hh:mm:ss", "h:mm AM/PM", "[$-409]h:mm:ss AM/PM", "[$-804]h:mm AM/PM", '上午/下午h"时"mm"分"', "mm:ss.0"),
    *("[h]:mm", "[hh]:mm:ss", "[mm]:ss", "[m]", "[ss]", "[s]", "mm:ss.000", "ss.00", 'h"时"mm"分"ss"秒"', "h A/P"),
]
CHINESE = ["[DBNum1][$-804]General", "[DBNum2]General", "[DBNum2]G/通用格式", "[DBNum3]General", "[DBNum3]0"]
IDS = [*range(50), *range(50, 63), *range(67, 82)]
FORMATS = [*IDS, *MONEY, *PLAIN, *SECTIONS, *DATES, *TIMES, *CHINESE]
