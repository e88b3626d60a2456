using MlOpsBuild.Core;
using MlOpsBuild.Reporting.Model;
using MlOpsBuild.Reporting.Tests;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Reporting.Publishing.Tests;

public sealed class GateRemarksTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public GateRemarksTests()
    {
        Directory.CreateDirectory(_folder["pipelines/Bikes"]);
        File.WriteAllText(
            _folder["pipelines/Bikes/BikeDemand.cs"],
            "class BikeDemand\n{\n    .Gate(Metrics.Rmse, g => g)\n    .Gate(Metrics.RSquared, g => g)\n}\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_did_not_pass_stands_beside_the_line_that_asks_for_it()
    {
        var remarks = await OfAsync(
            Example.Gate("a", Verdict.Passed), Example.Gate("b", Verdict.Failed),
            Example.Gate("c", Verdict.Inconclusive) with { Metric = "R²" }, Example.Gate("d", Verdict.Error) with { Metric = "unknown" });

        remarks.Select(remark => (remark.Path, remark.Line, remark.Verdict, remark.Title)).ShouldBe(
        [
            ("pipelines/Bikes/BikeDemand.cs", 3, Verdict.Failed, "b: Failed"),
            ("pipelines/Bikes/BikeDemand.cs", 4, Verdict.Inconclusive, "c: Inconclusive"),
            ("pipelines/Bikes/BikeDemand.cs", 3, Verdict.Error, "d: Error"),
        ]);
    }

    [Fact]
    public async Task A_pipeline_without_a_file_of_its_name_has_no_remarks()
    {
        Directory.Delete(_folder["pipelines"], recursive: true);

        (await OfAsync(Example.Gate("b", Verdict.Failed))).ShouldBeEmpty();
    }

    private Task<IReadOnlyList<LineRemark>> OfAsync(params GateOutcome[] gates) =>
        new GateRemarks(_folder.Path).OfAsync(ReportComposer.Compose(Example.Judged(gates)), CancellationToken.None);
}
