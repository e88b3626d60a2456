using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Profiles;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;

namespace MlOpsBuild.Delivery.Monitoring.Tests;

public sealed class SkewCheckTests
{
    private static readonly DateTime Start = new(2026, 6, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Rows_as_in_training_pass_once_there_are_enough_to_tell()
    {
        var few = Check([.. Enumerable.Repeat(0.5, 50)]);
        var many = Check([.. Enumerable.Repeat(0.5, 2000)]);

        (few.Verdict, many.Verdict).ShouldBe((Verdict.Inconclusive, Verdict.Passed));
        many.Evidence.ShouldBe("1 columns are there as often as in training");
    }

    [Fact]
    public void What_was_missing_in_training_may_be_missing_as_often()
    {
        double[] values = [.. Enumerable.Range(0, 4000).Select(row => row % 10 == 0 ? double.NaN : 0.5)];

        Check(values, missingInTraining: 100).Verdict.ShouldNotBe(Verdict.Failed);
        Check(values, missingInTraining: 0).Verdict.ShouldBe(Verdict.Failed);
    }

    [Fact]
    public void A_column_that_is_no_longer_sent_fails_after_few_rows()
    {
        var found = Check([.. Enumerable.Repeat(double.NaN, 12)]);

        (found.Verdict, found.Evidence).ShouldBe((Verdict.Failed, "x is missing in 100% of rows, 0% in training"));
    }

    [Fact]
    public void Values_that_training_never_saw_are_told_and_fail_nothing()
    {
        var found = Check([.. Enumerable.Range(0, 2000).Select(row => row % 4 == 0 ? 300.0 : 0.5)]);

        found.Verdict.ShouldBe(Verdict.Passed);
        found.Evidence.ShouldEndWith("; beyond what training saw: x in 25% of rows");
    }

    [Fact]
    public void Without_rows_or_columns_nothing_is_told_to_be_well()
    {
        Check([]).Verdict.ShouldBe(Verdict.Inconclusive);
        Check([1, 2, 3], column: "other").Verdict.ShouldBe(Verdict.Inconclusive);
    }

    [Fact]
    public void The_rows_time_need_not_be_sent_where_the_gateway_looks_values_up()
    {
        var timed = new DataContract(
            "Tiny", [new() { Rule = new("x", FieldKind.Time), Property = "X", Timestamp = TimestampPart.Day }]);
        double[] missing = [.. Enumerable.Repeat(double.NaN, 12)];

        Check(missing, contract: timed).Verdict.ShouldBe(Verdict.Failed);
        Check(missing, contract: timed with { Views = [new("weather", [], [])] }).Verdict.ShouldBe(Verdict.Inconclusive);
    }

    private static MonitorAspect Check(
        double[] values, int missingInTraining = 0, string column = "x", DataContract? contract = null)
    {
        var profile = new DataProfile(
            1000, [new ColumnProfile("x", 1000 - missingInTraining, missingInTraining, 0.5, 0.3, 0, 1, [], 900)]);
        var input = new MonitorInput(
            "Tiny", "local", contract ?? new("Tiny", []), profile, [], LossReference.Of(RowLoss.SquaredError, null, []), [],
            new MonitorPolicy(), new());
        return new SkewCheck(input).Judge(new(
            3, [.. values.Select((_, row) => Start.AddMinutes(row))], [.. values.Select(_ => (Scoring.Prediction)0.5)],
            [.. values.Select(_ => double.NaN)], new Dictionary<string, double[]> { [column] = values }));
    }
}
