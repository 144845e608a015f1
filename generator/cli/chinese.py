"""Click in Chinese: help pages, and wrong usage told in one Chinese sentence."""

from __future__ import annotations

from typing import Any

import click


class _ChineseHelp:
    """Formats the help of a command under Chinese headings."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = [piece.replace("[OPTIONS]", "[选项]") for piece in self.collect_usage_pieces(ctx)]  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]  # type: ignore[attr-defined]
        records = [record for option in options if (record := option.get_help_record(ctx))]
        if records:
            with formatter.section("选项"):
                formatter.write_dl(records)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option: click.Option | None = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "显示本帮助。"
        return option


class Command(_ChineseHelp, click.Command):
    """A command whose help is Chinese."""


class DefaultGroup(_ChineseHelp, click.Group):
    """A group of commands; without a command's name its ``default`` command is meant."""

    command_class = Command

    def __init__(self, *args: Any, default: str, **kwargs: Any) -> None:
        kwargs.setdefault("subcommand_metavar", "命令 …")
        super().__init__(*args, **kwargs)
        self.default = default

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default command's name before arguments that begin with no command."""
        own = {name for param in self.get_params(ctx) for name in param.opts}
        if args and args[0] not in self.commands and args[0] not in own:
            args.insert(0, self.default)
        return super().parse_args(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands with their first sentences."""
        rows = [(name, self.commands[name].get_short_help_str(200)) for name in self.list_commands(ctx)]
        with formatter.section("命令"):
            formatter.write_dl(rows)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run, with click's own complaints told in Chinese; exit 2 for wrong usage."""
        kwargs["standalone_mode"] = False
        try:
            code = super().main(*args, **kwargs)
        except click.ClickException as error:
            click.echo(sentence(error), err=True)
            raise SystemExit(error.exit_code) from None
        except click.Abort:
            click.echo("已中断。", err=True)
            raise SystemExit(130) from None
        raise SystemExit(code if isinstance(code, int) else 0)


def sentence(error: click.ClickException) -> str:
    """What is wrong with the command, in one Chinese sentence."""
    hint = "；用 gen-report --help 查看用法"
    match error:
        case click.NoSuchOption():
            return f"命令写错：没有选项 {error.option_name}{hint}"
        case click.MissingParameter():
            param = error.param.make_metavar(error.ctx) if error.param and error.ctx else "参数"
            return f"命令写错：缺少 {param}{hint}"
        case click.BadOptionUsage():
            return f"命令写错：选项 {error.option_name} 后面缺少内容{hint}"
        case click.UsageError():
            translated = _translate(error.message)
            return f"命令写错：{translated}{hint}"
        case _:
            return error.format_message()


def _translate(message: str) -> str:
    """Click's remaining messages; our own are Chinese already."""
    for english, chinese in (
        ("Got unexpected extra argument", "多写了内容"),
        ("Missing command.", "缺少命令"),
        ("Invalid value for", "写法不对"),
    ):
        if message.startswith(english):
            return f"{chinese}{message[len(english) :].removeprefix('s')}"
    return message.rstrip("。")
