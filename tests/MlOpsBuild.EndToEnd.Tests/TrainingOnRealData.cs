using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.EndToEnd.Tests.Fixtures;
using MlOpsBuild.Scoring;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>The UCI file <c>hour.csv</c>: known sizes, known quality.</summary>
public sealed class TrainingOnRealData(BuiltRepository repository) : EndToEndTest(repository)
{
    [RealDataFact]
    public async Task The_model_is_good_enough_on_the_last_60_days()
    {
        var tested = (await Checkout.RunAsync("TestModel", "--data", RealData.HourFile!)).Expect(0);

        tested.Output.ShouldContain("held out 1,436 rows, the last 60 days, 2012-11-02 to 2012-12-31");
        var run = await Checkout.LastRunAsync();
        run.Simulated.ShouldBeFalse();
        run.Rows.ShouldBe(17_379);
        run.Metrics.ShouldAllBe(metric => metric.Rows == 1_436);
        run.Metrics.Single(metric => metric.Name == "RMSE").Value.ShouldBeLessThanOrEqualTo(72.5);
        run.Metrics.Single(metric => metric.Name == "R²").Value.ShouldBeGreaterThanOrEqualTo(0.82);
    }

    [RealDataFact]
    public async Task The_gate_table_compares_with_the_same_hour_last_week()
    {
        var tested = (await Checkout.RunAsync("TestModel", "--data", RealData.HourFile!)).Expect(0);

        tested.Output.ShouldMatch(@"\(same hour last week\)\s+\| -\d+\.\d\d \[-\d+\.\d\d, -\d+\.\d\d\] \| Passed");
        var gate = (await Checkout.LastRunAsync()).Gates.Single(gate => gate.ReferenceName == "same hour last week");
        gate.Difference!.Upper.ShouldBeLessThan(0, gate.Candidate.ToString(CultureInfo.InvariantCulture));
        gate.Verdict.ShouldBe(Verdict.Passed);
    }

    [RealDataFact]
    public async Task What_adds_up_to_the_label_is_no_field_of_the_model()
    {
        (await Checkout.RunAsync("Train", "--data", RealData.HourFile!)).Expect(0);

        var content = await Checkout.Store.Blobs.ReadAsync((await Checkout.LastRunAsync()).Model!.Value, CancellationToken.None);
        var fields = CanonicalJson.Deserialize<TrainedModel>(content).Fields.Select(field => field.Name).ToList();
        fields.ShouldBe(
            ["season", "yr", "mnth", "hr", "holiday", "weekday", "workingday", "weathersit", "temp", "atemp", "hum", "windspeed"],
            ignoreOrder: true);
        fields.ShouldNotContain("casual");
        fields.ShouldNotContain("registered");
    }
}
