using MlOpsBuild.Components.Tests;

namespace MlOpsBuild.Components.Flow.Tests;

/// <summary>Files that no pipeline knows are looked at as they are.</summary>
public sealed class ProfileOfAFileTests : IDisposable
{
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task A_first_line_of_numbers_is_a_row_and_no_header()
    {
        await File.WriteAllTextAsync(Path.Combine(_run.Root, "plain.csv"), "7.4,0.7,5\n7.8,0.88,5\n11.2,0.28,6\n");

        (await _run.RunAsync<TwoPipelinesBuild>("Profile", "--data", "plain.csv")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("plain.csv has no header: its first line is a row, and its columns are called column1, column2, …");
        _run.Output.ShouldContain("3 rows, 3 columns.");
    }

    [Fact]
    public async Task What_stands_in_a_file_is_nothing_that_a_terminal_obeys()
    {
        await File.WriteAllTextAsync(Path.Combine(_run.Root, "odd.csv"), "a\u001b[31m,b\n1,x\u0000\n2,x\u0000\n");

        (await _run.RunAsync<TwoPipelinesBuild>("Profile", "--data", "odd.csv")).ShouldBe(0, _run.Output);

        _run.Output.ShouldContain("a\\u001B[31m");
        _run.Output.ShouldNotContain("\u001b[31m");
        _run.Output.ShouldNotContain("\u0000");
    }
}
