using System.Text.RegularExpressions;
using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>What a person sees: a pseudo-terminal of some width.</summary>
public sealed partial class InATerminal(BuiltRepository repository) : EndToEndTest(repository, warm: true)
{
    private static readonly string[][] Commands =
    [
        ["--help"], ["Deploy", "--help"], ["Train", "Deploy", "--plan"], ["TestModel"], ["Maturity"], ["Status"], ["Profile"],
        ["NoSuchTarget"], ["Doctor", "--dry-run"],
    ];

    [Theory]
    [InlineData(80)]
    [InlineData(140)]
    public async Task Nothing_is_wider_than_the_terminal(int columns)
    {
        (await SeeAsync(columns, ["--help"])).ShouldContain(line => line.Length > columns - 20, "the width is used");
        foreach (var arguments in Commands)
        {
            var seen = await SeeAsync(columns, arguments);

            string.Concat(seen).ShouldNotBeEmpty();
            // A path or an address stays whole: the terminal breaks it, and it can be copied.
            seen.Where(line => line.Length > columns && line.Trim().Contains(' ', StringComparison.Ordinal)).ShouldBeEmpty();
        }
    }

    // As the terminal shows them: without colours, and without what was drawn over.
    private async Task<IReadOnlyList<string>> SeeAsync(int columns, string[] arguments)
    {
        Checkout.Environment["TERM"] = "xterm-256color";
        var line = $"stty cols {columns} rows 40; ./build.sh {string.Join(' ', arguments)}";
        var result = await RunningCommand.RunAsync(Checkout.Root, Checkout.Environment, "script", "-qec", line, "/dev/null");
        return [.. result.Output.Split('\n').SelectMany(text => text.Split('\r')).Select(text => Escape().Replace(text, ""))];
    }

    [GeneratedRegex(@"\e\[[0-9;?]*[A-Za-z]")]
    private static partial Regex Escape();
}
