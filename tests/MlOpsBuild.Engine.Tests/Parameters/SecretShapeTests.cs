using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Parameters.Tests;

/// <summary>A secret is hidden whatever its letters are and however it is declared.</summary>
public sealed class SecretShapeTests : IDisposable
{
    private readonly TestRun _run = new();

    internal interface IHazSecret : INukeBuild
    {
        [Parameter, Secret] string? Token => TryGetValue(() => Token);
    }

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Each_element_of_a_separated_list_is_masked()
    {
        await _run.RunAsync(new Sample(), "Tell", "--tokens", "alpha1+beta22");

        _run.Output.ShouldNotContain("beta22");
    }

    [Fact]
    public async Task What_a_component_calls_secret_stays_so_when_the_class_declares_it_again()
    {
        await _run.RunAsync(new Sample(), "Tell", "--token", "hunter2");

        _run.Output.ShouldNotContain("hunter2");
        _run.Read(".mlops/last-run.json").ShouldNotContain("hunter2");
    }

    // The summary is masked after its letters were escaped: what was escaped is no longer the secret's text, but still readable.
    [Theory]
    [InlineData("pa|ss")]
    [InlineData("p<a>&ss")]
    [InlineData("user@host")]
    public async Task Letters_that_markdown_escapes_hide_no_secret_in_the_step_summary(string secret)
    {
        _run.Environment["GITHUB_ACTIONS"] = "true";
        _run.Environment["GITHUB_STEP_SUMMARY"] = Path.Combine(_run.Root, "summary.md");

        await _run.RunAsync(new Sample(), "Tell", "--pin", secret);

        _run.Read("summary.md").ShouldContain("pin: ***");
    }

    [Theory]
    [InlineData("--json", "abc+def/ghi=")]
    [InlineData("--mermaid", "abc#def<ghi")]
    public async Task Letters_that_a_plan_escapes_hide_no_secret_in_it(string format, string secret)
    {
        await _run.RunAsync(new Sample(), "Tell", "--plan", format, "--pin", secret);

        _run.Output.ShouldContain("push with ***");
    }

    private sealed class Sample : NukeBuild, IHazSecret
    {
        [Parameter(Separator = "+"), Secret] public string[]? Tokens { get; private set; }

        [Parameter] public string? Token { get; private set; }

        [Parameter, Secret] public string? Pin { get; private set; }

        public Target Tell => _ => _.Executes(() =>
        {
            Context.Console.Line($"{Tokens?[^1]} {Token}");
            ReportSummary(_ => new() { ["pin"] = Pin ?? "" });
        }).Forecasts(_ => Task.FromResult(new TargetForecast(true, [$"push with {Pin}"])));
    }
}
