using System.Text.Json;
using MlOpsBuild.Engine.Tests;

namespace MlOpsBuild.Engine.Output.Tests;

public sealed class LastRunFileTests : IDisposable
{
    private const string File = ".mlops/last-run.json";
    private readonly TestRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Record_has_targets_outcomes_and_pairs()
    {
        await _run.RunAsync(new OutputBuild(), "Train", "--epochs", "1");

        var record = Read();
        record.GetProperty("exitCode").GetInt32().ShouldBe(0);
        record.GetProperty("started").GetDateTimeOffset().ShouldBe(_run.Time.GetUtcNow());
        var targets = record.GetProperty("targets").EnumerateArray().ToList();
        targets.Select(target => target.GetProperty("name").GetString()).ShouldBe(["Data", "Train", "Report"]);
        targets.Select(target => target.GetProperty("status").GetString()).ShouldBe(["Succeeded", "Succeeded", "Skipped"]);
        targets[1].GetProperty("summaryInformation").GetProperty("RMSE").GetString().ShouldBe("42.1");
        targets[2].GetProperty("skipped").GetString().ShouldBe("more than one epoch");
    }

    [Fact]
    public async Task Record_has_every_given_parameter_with_its_source_and_no_secret()
    {
        _run.Environment["MLOPS_TOKEN"] = "hunter2";
        _run.Write(".nuke/parameters.json", """{ "features": ["temp", "hum"] }""");

        await _run.RunAsync(new OutputBuild(), "Data", "--epochs", "3");

        Read()
            .GetProperty("parameters")
            .EnumerateArray()
            .Select(Text)
            .Where(text => !text.EndsWith("from default", StringComparison.Ordinal))
            .ShouldBe(
                [
                    "epochs = 3 from command line", "features = temp,hum from .nuke/parameters.json",
                    "token = *** from environment MLOPS_TOKEN"
                ]);
        Read().GetProperty("parameters").EnumerateArray().Select(Text).ShouldContain("parallel = 1 from default");
        _run.Read(File).ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task Secret_that_a_target_reports_is_masked_in_the_record()
    {
        await _run.RunAsync(new OutputBuild(), "Leak", "--token", "hunter2");

        _run.Read(File).ShouldContain("registry");
        _run.Read(File).ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task Failure_is_recorded_over_the_record_of_an_earlier_run()
    {
        await _run.RunAsync(new OutputBuild(), "Data");
        await _run.RunAsync(new OutputBuild(), "Broken", "Data");

        Read().GetProperty("exitCode").GetInt32().ShouldBe(1);
        Read().GetProperty("targets").EnumerateArray().Select(target => target.GetProperty("status").GetString())
            .ShouldBe(["Failed", "NotRun"]);
        Directory.GetFiles(Path.Combine(_run.Root, ".mlops")).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Record_that_cannot_be_written_is_a_warning()
    {
        _run.Write(".mlops", "a file where a folder should be");

        (await _run.RunAsync(new OutputBuild(), "Data")).ShouldBe(0);

        _run.Output.ShouldContain("Warning: .mlops/last-run.json was not written");
    }

    private static string Text(JsonElement parameter) =>
        $"{parameter.GetProperty("name")} = {string.Join(',', parameter.GetProperty("value").EnumerateArray())} from {parameter.GetProperty("source")}";

    private JsonElement Read()
    {
        using var document = JsonDocument.Parse(_run.Read(File));
        return document.RootElement.Clone();
    }
}
