using System.Text.RegularExpressions;

namespace MlOpsBuild.EndToEnd.Tests.Fixtures;

/// <summary>What a command said and how it ended.</summary>
public sealed partial record CommandResult(int ExitCode, string Output, string Errors, TimeSpan Took)
{
    /// <summary>The first address named in the output.</summary>
    public Uri Address => new(AddressPattern().Match(Output) is { Success: true } match
        ? match.Value
        : throw new InvalidOperationException($"no address in:\n{Output}"));

    /// <summary>Asserts the exit code; what was printed is part of the failure.</summary>
    public CommandResult Expect(int exitCode)
    {
        ExitCode.ShouldBe(exitCode, $"{Output}\n{Errors}");
        return this;
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/")]
    private static partial Regex AddressPattern();
}
