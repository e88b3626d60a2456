using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Profiles;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Data.Tests;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Data.Drift.Tests;

public sealed class DriftTestTests
{
    private static readonly string[] Features = ["season", "hr", "weekday", "weathersit", "temp", "atemp", "hum", "windspeed"];

    /// <summary>It scored 0.03.</summary>
    [Fact]
    public void Half_of_forty_categories_that_vanish_are_drift() =>
        Judge(
            [.. Enumerable.Range(0, 4000).Select(row => (double)(row % 40))],
            [.. Enumerable.Range(0, 400).Select(row => (double)(row % 20))], isCategory: true)
            .Verdict.ShouldBe(Verdict.Failed);

    [Fact]
    public void A_category_that_was_never_seen_is_none_of_its_neighbours() =>
        Judge(
            [.. Enumerable.Range(0, 4000).Select(row => row % 2 * 2.0)],
            [.. Enumerable.Range(0, 800).Select(row => row % 2 == 0 ? 0 : 1.0)], isCategory: true)
            .Verdict.ShouldBe(Verdict.Failed);

    /// <summary>It was no drift.</summary>
    [Fact]
    public void Values_that_were_never_seen_are_drift()
    {
        var random = new SplitMix64(1);
        double[] before = [.. Enumerable.Range(0, 4000).Select(_ => random.NextNormal())];

        Judge(before, [.. before.Take(800).Select((value, at) => at % 20 == 0 ? 1000 : value)]).Verdict.ShouldBe(Verdict.Failed);
        Judge(before, [.. before.Take(800).Select((value, at) => at % 20 == 0 ? -1000 : value)]).Verdict.ShouldBe(Verdict.Failed);
        Judge(before, [.. before.Take(800)]).Verdict.ShouldBe(Verdict.Passed);
    }

    /// <summary>Of rows that are alike within a day, 5 % tell little by their share; that they were never seen tells all.</summary>
    [RealDataFact]
    public void Values_that_were_never_seen_are_drift_in_thirty_days_too()
    {
        var reference = new Dictionary<string, ColumnBins>
        {
            ["temp"] = ColumnBins.Of(
                [.. Rows(2011, null).Select(row => RealHours.Table.Columns["temp"][row])],
                [.. Rows(2011, null).Select(row => RealHours.Table.Times[row])], false)
        };
        var rows = Rows(2012, 6).ToList();

        DriftTest.Of(
            reference,
            new Dictionary<string, double[]>
            {
                ["temp"] = [.. rows.Select((row, at) => at % 20 == 0 ? 1000 : RealHours.Table.Columns["temp"][row])]
            },
            [.. rows.Select(row => RealHours.Table.Times[row])], rows.Count, new())
            .Verdict.ShouldBe(Verdict.Failed);
    }

    [Fact]
    public void Values_that_are_missing_are_drift()
    {
        double[] before = [.. Enumerable.Range(0, 4000).Select(row => row % 100 / 7.0)];

        Judge(before, [.. before.Take(800).Select((value, at) => at % 5 == 0 ? double.NaN : value)]).Verdict.ShouldBe(Verdict.Failed);
    }

    [Fact]
    public void A_move_that_is_certain_and_small_is_none()
    {
        var random = new SplitMix64(1);
        var verdict = Judge(
            [.. Enumerable.Range(0, 100_000).Select(_ => random.NextNormal())],
            [.. Enumerable.Range(0, 100_000).Select(_ => random.NextNormal() + 0.05)]);

        (verdict.Verdict, verdict.Probability < 1e-6, verdict.Index < 0.1).ShouldBe((Verdict.Passed, true, true));
    }

    [Fact]
    public void Two_days_tell_nothing()
    {
        var times = Enumerable.Range(0, 60 * 24).Select(hour => new DateTime(2011, 1, 1).AddHours(hour)).ToList();
        var random = new SplitMix64(1);
        double[] values = [.. Enumerable.Range(0, 60).SelectMany(_ => Enumerable.Repeat(random.NextNormal(), 24))];

        var result = DriftTest.Of(
            new Dictionary<string, ColumnBins> { ["x"] = ColumnBins.Of(values, times, isCategory: false) },
            new Dictionary<string, double[]> { ["x"] = [.. values.Take(48).Select(value => value + 1)] },
            [.. times.Take(48).Select(time => time.AddYears(1))], 48, new());

        result.Verdict.ShouldBe(Verdict.Inconclusive);
    }

    /// <summary>Evidently's rule raises 46 of 96 alarms against all of 2011, in 9 of 12 months (reference 0.4).</summary>
    [RealDataFact]
    public void The_months_of_2012_are_compared_with_those_of_2011()
    {
        var reference = Features.ToDictionary(column => column, column => ColumnBins.Of(
            [.. Rows(2011, null).Select(row => RealHours.Table.Columns[column][row])],
            [.. Rows(2011, null).Select(row => RealHours.Table.Times[row])], false));
        var alarms = 0;
        for (var month = 1; month <= 12; month++)
        {
            var rows = Rows(2012, month).ToList();
            var result = DriftTest.Of(
                reference,
                Features.ToDictionary(column => column, column => rows.Select(row => RealHours.Table.Columns[column][row]).ToArray()),
                [.. rows.Select(row => RealHours.Table.Times[row])], rows.Count, new());

            result.Reference.ShouldBe("the same months of the reference");
            result.Columns.Single(column => column.Column == "weekday").Verdict.ShouldNotBe(Verdict.Failed);
            alarms += result.Columns.Count(column => column.Verdict == Verdict.Failed);
        }

        alarms.ShouldBeLessThanOrEqualTo(12);
    }

    [RealDataFact]
    public void A_profile_holds_what_is_needed_and_stays_small()
    {
        var profile = DataProfile.Of(RealHours.Table);

        profile.Last.ShouldBe(new DateTime(2012, 12, 31, 23, 0, 0));
        profile.Columns.Single(column => column.Name == "temp").Bins!.Periods.Count.ShouldBe(24);
        profile.Columns.Single(column => column.Name == "temp").Bins!.Correlation.ShouldBeInRange(0.3, 1);
        profile.Columns.Single(column => column.Name == "hr").Bins!.Correlation.ShouldBe(0);
        profile.Columns.Single(column => column.Name == "instant").Bins.ShouldBeNull();
        CanonicalJson.Serialize(profile).Length.ShouldBeLessThan(17 * 65536);
    }

    private static IEnumerable<int> Rows(int year, int? month) => Enumerable.Range(0, RealHours.Table.Rows)
        .Where(row => RealHours.Table.Times[row].Year == year && (month == null || RealHours.Table.Times[row].Month == month));

    private static DriftVerdict Judge(double[] before, double[] now, bool isCategory = false) => DriftTest.Of(
        new Dictionary<string, ColumnBins> { ["x"] = ColumnBins.Of(before, [], isCategory) },
        new Dictionary<string, double[]> { ["x"] = now }, [], now.Length, new())
            .Columns.ShouldHaveSingleItem();
}
