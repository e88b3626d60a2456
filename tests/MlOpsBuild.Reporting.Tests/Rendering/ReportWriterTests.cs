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
    public async Task It_writes_the_same_report_four_ways()
    {
        var report = ReportComposer.Compose(Example.Input);

        await ReportWriter.WriteAsync(report, _folder["reports/run"], CancellationToken.None);

        Directory.GetFiles(_folder["reports/run"]).Select(Path.GetFileName).ShouldBe(["report.html", "report.json", "report.junit.xml", "report.md"], ignoreOrder: true);
        (await File.ReadAllTextAsync(_folder["reports/run/report.md"])).ShouldBe(ReportWriter.Markdown(report));
        (await File.ReadAllTextAsync(_folder["reports/run/report.html"])).ShouldBe(ReportWriter.Html(report));
        var json = await File.ReadAllBytesAsync(_folder["reports/run/report.json"]);
        Encoding.UTF8.GetString(CanonicalJson.Serialize(CanonicalJson.Deserialize<Report>(json))).ShouldBe(Encoding.UTF8.GetString(json));
    }

    [Fact]
    public async Task Json_has_the_texts_as_they_are()
    {
        await ReportWriter.WriteAsync(ReportComposer.Compose(Example.With(Example.Hostile)), _folder.Path, CancellationToken.None);

        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(_folder["report.json"]));
        json.RootElement.GetProperty("pipeline").GetString().ShouldBe(Example.Hostile);
        json.RootElement.GetProperty("gates")[0].GetProperty("gate").GetString().ShouldBe(Example.Hostile);
    }

    [Fact]
    public void The_same_report_gives_the_same_bytes()
    {
        var (one, other) = (ReportComposer.Compose(Example.Input), ReportComposer.Compose(Example.Input));

        ReportWriter.Markdown(one).ShouldBe(ReportWriter.Markdown(other));
        ReportWriter.Html(one).ShouldBe(ReportWriter.Html(other));
    }
}
