using System.Text;
using System.Text.Json;
using MlOpsBuild.Core;
using MlOpsBuild.Reporting.Model;
using MlOpsBuild.Reporting.Tests;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Reporting.Rendering.Tests;

public sealed class ReportWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_writes_the_same_report_four_ways_and_the_schema_beside()
    {
        var report = ReportComposer.Compose(Example.Input);

        await ReportWriter.Default.WriteAsync(report, _folder["reports/run"], CancellationToken.None);

        Directory.GetFiles(_folder["reports/run"]).Select(Path.GetFileName)
            .ShouldBe(["report.html", "report.json", "report.junit.xml", "report.md", "report.schema.json"], ignoreOrder: true);
        (await File.ReadAllTextAsync(_folder["reports/run/report.md"])).ShouldBe(ReportWriter.Default.Markdown(report));
        (await File.ReadAllTextAsync(_folder["reports/run/report.html"])).ShouldBe(ReportWriter.Default.Html(report));
        var json = await File.ReadAllBytesAsync(_folder["reports/run/report.json"]);
        Encoding.UTF8.GetString(CanonicalJson.Serialize(CanonicalJson.Deserialize<Report>(json))).ShouldBe(Encoding.UTF8.GetString(json));
    }

    [Fact]
    public async Task Json_has_the_texts_as_they_are()
    {
        await ReportWriter.Default.WriteAsync(ReportComposer.Compose(Example.With(Example.Hostile)), _folder.Path, CancellationToken.None);

        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(_folder["report.json"]));
        json.RootElement.GetProperty("pipeline").GetString().ShouldBe(Example.Hostile);
        json.RootElement.GetProperty("gates")[0].GetProperty("gate").GetString().ShouldBe(Example.Hostile);
    }

    [Fact]
    public async Task A_pipeline_has_templates_of_its_own_where_it_wants_and_values_are_escaped_in_them_too()
    {
        Directory.CreateDirectory(_folder["pipelines/BikeDemand"]);
        await File.WriteAllTextAsync(
            _folder["pipelines/BikeDemand/report.md.sbn"],
            "{{ Pipeline }}: {{ Verdict }}{{ for gate in Gates }} / {{ gate.Gate }}{{ end }}");
        var report = ReportComposer.Compose(Example.Judged(Example.Gate("<script>|@here", Verdict.Passed)));

        var writer = await ReportWriter.OfAsync(_folder.Path, "BikeDemand", CancellationToken.None);

        writer.Markdown(report).ShouldBe("BikeDemand: Passed / &lt;script&gt;\\|@\u200bhere");
        writer.Html(report).ShouldBe(ReportWriter.Default.Html(report));
        (await ReportWriter.OfAsync(_folder.Path, "Other", CancellationToken.None)).Markdown(report)
            .ShouldBe(ReportWriter.Default.Markdown(report));
    }

    [Theory]
    [InlineData("{{ Verdikt }}", "Verdikt")]
    [InlineData("{{ for gate in Gates }}{{ gate.Gait }}{{ end }}", "Gait")]
    [InlineData("{{ for gate in Gates }}", "end")]
    public async Task A_template_that_is_wrong_is_named_with_what_it_may_use(string template, string about)
    {
        Directory.CreateDirectory(_folder["pipelines/BikeDemand"]);
        await File.WriteAllTextAsync(_folder["pipelines/BikeDemand/report.html.sbn"], template);
        var writer = await ReportWriter.OfAsync(_folder.Path, "BikeDemand", CancellationToken.None);

        var finding = Should.Throw<UsageException>(() => writer.Html(ReportComposer.Compose(Example.Input))).Findings.Single();

        finding.Where!.ShouldEndWith("report.html.sbn");
        finding.Value!.ShouldContain(about);
        finding.Expected!.ShouldContain("Answer, Effect, NextStep, Stale, Simulated");
    }

    [Fact]
    public async Task A_template_in_the_language_of_earlier_versions_is_told_how_to_move()
    {
        Directory.CreateDirectory(_folder["pipelines/BikeDemand"]);
        await File.WriteAllTextAsync(_folder["pipelines/BikeDemand/report.md.hbs"], "{{Pipeline}}");

        var finding = (await Should.ThrowAsync<UsageException>(ReportWriter.OfAsync(_folder.Path, "BikeDemand", CancellationToken.None)))
            .Findings.ShouldHaveSingleItem();

        (finding.Where, finding.Expected).ShouldBe(("pipelines/BikeDemand/report.md.hbs", "pipelines/BikeDemand/report.md.sbn"));
        finding.Fix!.ShouldContain("{{ for x in Xs }}");
    }

    [Fact]
    public void The_same_report_gives_the_same_bytes()
    {
        var (one, other) = (ReportComposer.Compose(Example.Input), ReportComposer.Compose(Example.Input));

        ReportWriter.Default.Markdown(one).ShouldBe(ReportWriter.Default.Markdown(other));
        ReportWriter.Default.Html(one).ShouldBe(ReportWriter.Default.Html(other));
    }
}
