using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Parameters.Tests;

/// <summary>What is secret is nowhere to be read after a build.</summary>
public sealed class SecretTests : IDisposable
{
    private static readonly string[] Secrets = ["hunter2", "tok-1", "tok-2", "in-the-file", "pass/word", "not<used>"];
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("Telling")]
    [InlineData("Failing")]
    [InlineData("Leaving")]
    [InlineData("Telling", "--plan")]
    [InlineData("Telling", "--plan", "--json")]
    [InlineData("Nowhere")]
    public async Task Secret_is_in_no_output_and_no_file(params string[] arguments)
    {
        Give();

        await _run.RunAsync(new Sample(), [.. arguments, "--registry", "https://user:pass%2Fword@host/path", "--tokens", "tok-1", "tok-2"]);

        Everything().ShouldNotBeEmpty();
        foreach (var (place, text) in Everything())
        {
            Secrets.Where(secret => text.Contains(secret, StringComparison.Ordinal)).ShouldBeEmpty($"{place}: {text}");
        }
    }

    [Fact]
    public async Task Each_variable_that_holds_a_secret_is_concealed_used_or_not()
    {
        Give();
        _run.Environment["NUKE_API_TOKEN"] = "not<used>";
        _run.Environment["MLOPS_PLAIN"] = "x";

        await _run.RunAsync(new Sample(), "Telling");

        _run.Concealed.ShouldBe(["MLOPS_API_TOKEN", "NUKE_API_TOKEN"], ignoreOrder: true);
    }

    [Fact]
    public async Task Variable_is_concealed_also_when_the_command_line_wins()
    {
        _run.Environment["MLOPS_API_TOKEN"] = "hunter2";

        await _run.RunAsync(new Sample(), "Telling", "--api-token", "other");

        _run.Concealed.ShouldBe(["MLOPS_API_TOKEN"]);
    }

    [Fact]
    public async Task Record_has_every_parameter_with_its_value_and_source()
    {
        Give();

        await _run.RunAsync(new Sample(), "Telling", "--plain", "x");

        var parameters = System.Text.Json.JsonDocument.Parse(_run.Read(".mlops/last-run.json"))
            .RootElement.GetProperty("parameters")
            .EnumerateArray()
            .Select(parameter =>
                $"{parameter.GetProperty("name")} = {string.Join(',', parameter.GetProperty("value").EnumerateArray())} from {parameter.GetProperty("source")}")
            .ToList();
        parameters.ShouldContain("api-token = *** from environment MLOPS_API_TOKEN");
        parameters.ShouldContain("stored = *** from .nuke/parameters.json");
        parameters.ShouldContain("plain = x from command line");
        parameters.ShouldContain("rate = 0.5 from default");
        parameters.ShouldContain("tokens =  from default");
        parameters.ShouldContain("verbosity = Normal from default");
        parameters.Select(text => text.Split(' ')[0])
            .ShouldBe(ParameterDeclaration.Of(typeof(Sample), []).Select(declaration => declaration.Name), ignoreOrder: true);
    }

    private void Give()
    {
        _run.Environment["MLOPS_API_TOKEN"] = "hunter2";
        _run.Write(".nuke/parameters.json", """{ "stored": "in-the-file" }""");
    }

    // The file somebody wrote a secret into is the one place where it may be.
    private List<(string Place, string Text)> Everything() =>
    [
        ("output", _run.Output),
        .. ((string[])[".mlops", ".nuke"]).Select(folder => Path.Combine(_run.Root, folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Where(path => !path.EndsWith("parameters.json", StringComparison.Ordinal)).Select(path => (path, File.ReadAllText(path))),
    ];

    private sealed class Sample : NukeBuild
    {
        [Parameter, Secret] public string? ApiToken { get; private set; }

        [Parameter, Secret] public string[]? Tokens { get; private set; }

        [Parameter, Secret] public string? Stored { get; private set; }

        [Parameter] public string? Registry { get; private set; }

        [Parameter] public string? Plain { get; private set; }

        [Parameter] public double Rate { get; private set; } = 0.5;

        public Target Telling => _ => _.Executes(() =>
        {
            Context.Console.Line(All);
            Context.Console.Progress(All);
            Context.Console.Table(["All"], [[All]]);
            ReportSummary(_ => new() { ["all"] = All, [All] = "" });
        }).Forecasts(_ => Task.FromResult(new TargetForecast(true, [All])));

        public Target Failing => _ => _.Executes(() => throw new IOException($"{All}\nmore of {All}"));

        public Target Leaving => _ => _.OnlyWhenDynamic(() => false, All).Executes(() => { });

        private string All => $"{ApiToken} {string.Join(' ', Tokens ?? [])} {Stored} {Registry} pass/word";
    }
}
