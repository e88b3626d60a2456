using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Drift;
using MlOpsBuild.Data.Profiles;
using MlOpsBuild.Modeling.Evaluation;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Delivery.Monitoring.Tests;

public sealed class MonitorJudgeTests
{
    private const int Hours = 24;
    private static readonly DateTime Start = new(2026, 6, 1, 0, 0, 0, DateTimeKind.Utc);

    private static DataContract Contract { get; } = new("Tiny",
    [
        new() { Rule = new("x", FieldKind.Real), Property = "X" },
        new() { Rule = new("plan", FieldKind.Whole), Property = "Plan" },
        new() { Rule = new("y", FieldKind.Real), Property = "Y", Role = ColumnRole.Label },
    ]);

    [Fact]
    public void As_good_as_on_the_hold_out_is_passed_once_there_is_enough()
    {
        var result = Judge(Served(days: 60), 60, new() { Window = TimeSpan.FromDays(90) });

        result.Aspects.Select(aspect => (aspect.Name, aspect.Verdict)).ShouldContain(("loss", Verdict.Passed));
        result.Verdict.ShouldBe(Verdict.Passed, string.Join('\n', result.Aspects));
        result.Since.ShouldBeNull();
    }

    [Fact]
    public void Too_little_is_inconclusive_and_never_passed()
    {
        Judge(Served(days: 2), 2).Verdict.ShouldBe(Verdict.Inconclusive);
        Judge(new(3, [], [], [], new Dictionary<string, double[]>()), 0).Verdict.ShouldBe(Verdict.Inconclusive);
    }

    [Fact]
    public void A_worse_loss_fails_says_since_when_and_whose_rows_they_are()
    {
        var result = Judge(Served(days: 25, harm: (day, plan) => day >= 10 && plan == 1 ? 7 : 1), 25);

        var loss = result.Aspects.Single(aspect => aspect.Name == "loss");
        (result.Verdict, loss.Verdict).ShouldBe((Verdict.Failed, Verdict.Failed));
        var first = DateOnly.FromDateTime(Start).DayNumber;
        result.Since!.Value.DayNumber.ShouldBeInRange(first + 7, first + 13);
        var worst = result.Slices[0];
        (worst.Column, worst.Value).ShouldBe(("plan", "1"));
        worst.Share.ShouldBeGreaterThan(0.9);
    }

    [Fact]
    public void The_day_that_has_not_ended_does_not_count()
    {
        var rows = Served(days: 25, harm: (day, _) => day == 24 ? 1000 : 1);

        Judge(rows, 24.5).Aspects.Single(aspect => aspect.Name == "loss").Verdict.ShouldNotBe(Verdict.Failed);
    }

    [Fact]
    public void Without_labels_rows_where_the_model_is_weaker_raise_the_loss_that_is_likely()
    {
        // On the hold-out, predictions of the upper half cost four times as much; now all rows are of that kind.
        var rows = Served(days: 20, labelled: false, x: _ => 0.95);

        var estimate = Judge(rows, 20).Aspects.Single(aspect => aspect.Name == "estimated loss");

        (estimate.Verdict, estimate.Judged).ShouldBe((Verdict.Failed, true));
    }

    [Fact]
    public void An_estimate_that_late_labels_belie_is_not_relied_on()
    {
        var rows = Served(days: 3, harm: (_, _) => 9);

        Judge(rows, 3).Aspects.Single(aspect => aspect.Name == "estimated loss").Evidence.ShouldContain("not to be relied on");
    }

    [Fact]
    public void Refusals_beyond_what_is_tolerated_fail()
    {
        var rows = Served(days: 20) with { Refused = [.. Enumerable.Range(0, 60).Select(minute => Start.AddMinutes(minute))] };

        Judge(rows, 20).Aspects.Single(aspect => aspect.Name == "requests").Verdict.ShouldBe(Verdict.Failed);
    }

    [Fact]
    public void Refusals_of_an_earlier_window_do_not_count()
    {
        var rows = Served(days: 39) with { Refused = [.. Enumerable.Range(0, 60).Select(minute => Start.AddMinutes(minute))] };

        Judge(rows, 39).Aspects.Single(aspect => aspect.Name == "requests").Verdict.ShouldNotBe(Verdict.Failed);
    }

    [Fact]
    public void A_column_that_training_rows_had_and_requests_lack_fails()
    {
        var lacking = Served(days: 20, x: random => random.NextDouble() < 0.2 ? double.NaN : 0.5);
        var beyond = Served(days: 20, x: random => random.NextDouble() + 5);

        var skew = Judge(lacking, 20).Aspects.Single(aspect => aspect.Name == "skew");
        var told = Judge(beyond, 20).Aspects.Single(aspect => aspect.Name == "skew");

        (skew.Verdict, told.Verdict).ShouldBe((Verdict.Failed, Verdict.Inconclusive));
        skew.Evidence.ShouldStartWith("x is missing in ");
        told.Evidence.ShouldEndWith("beyond what training saw: x in 100% of rows");
    }

    [Fact]
    public void Silence_and_columns_out_of_bounds_fail_where_the_policy_asks()
    {
        var policy = new MonitorPolicy { Fresh = TimeSpan.FromHours(6), Watched = [new("x", 0.2, 0.4), new("never", 1, null)] };

        var result = Judge(Served(days: 10), 11, policy);

        result.Aspects.Single(aspect => aspect.Name == "freshness").Verdict.ShouldBe(Verdict.Failed);
        var outside = result.Aspects.Single(aspect => aspect.Name == "x");
        (outside.Verdict, outside.Since).ShouldBe((Verdict.Failed, DateOnly.FromDateTime(Start)));
        result.Aspects.Single(aspect => aspect.Name == "never").Verdict.ShouldBe(Verdict.Inconclusive);
    }

    [Fact]
    public void Data_that_moved_is_told_and_fails_only_where_the_policy_says_so()
    {
        var rows = Served(days: 20, x: random => random.NextDouble() + 5);

        var told = Judge(rows, 20).Aspects.Single(aspect => aspect.Name == "data");
        var judged = Judge(rows, 20, drift: new() { Fails = true }).Aspects.Single(aspect => aspect.Name == "data");

        (told.Verdict, told.Judged, judged.Judged).ShouldBe((Verdict.Failed, false, true));
        told.Evidence.ShouldContain("x (index");
    }

    [Fact]
    public void Each_column_is_told_with_how_far_it_moved()
    {
        var moved = Judge(Served(days: 20, x: random => random.NextDouble() + 5), 20).Columns.ShouldHaveSingleItem();
        var stayed = Judge(Served(days: 20), 20).Columns.ShouldHaveSingleItem();

        (moved.Column, moved.Moved, stayed.Moved).ShouldBe(("x", true, false));
        moved.Index.ShouldBeGreaterThan(1);
        stayed.Index.ShouldBeLessThan(0.1);
        Judge(Served(days: 1), 1).Columns.ShouldBeEmpty();
        CanonicalJson.Serialize(Judge(Served(days: 2), 2)).AsSpan().IndexOf("Infinity"u8).ShouldBe(-1);
    }

    private static MonitorResult Judge(ServedRows rows, double days, MonitorPolicy? policy = null, DriftPolicy? drift = null)
    {
        var random = new SplitMix64(99);
        var holdOut = new List<LabelledRow>();
        double[] xs = [.. Enumerable.Range(0, 60 * Hours).Select(_ => random.NextDouble())];
        foreach (var (row, x) in xs.Index())
        {
            holdOut.Add(new(new() { ["x"] = x, ["plan"] = row % 3 }, x + Error(random, x), x));
        }

        DateTime[] times = [.. xs.Select((_, row) => Start.AddDays(-70).AddHours(row))];
        var bins = ColumnBins.Of(xs, times, isCategory: false);
        var profile = new DataProfile(xs.Length, [new ColumnProfile("x", xs.Length, 0, 0.5, 0.3, 0, 1, [], xs.Length) { Bins = bins }]);
        return new MonitorJudge(new(
            "Tiny", "local", Contract, profile, holdOut, LossReference.Of(RowLoss.SquaredError, null, holdOut), ["plan"],
            policy ?? new(), drift ?? new())).Judge(rows, Start.AddDays(days));
    }

    private static ServedRows Served(
        int days, Func<int, int, double>? harm = null, bool labelled = true, Func<SplitMix64, double>? x = null)
    {
        var random = new SplitMix64(7);
        var (times, predictions, labels) = (new List<DateTime>(), new List<Prediction>(), new List<double>());
        var (xs, plans) = (new List<double>(), new List<double>());
        for (var row = 0; row < days * Hours; row++)
        {
            var value = x?.Invoke(random) ?? random.NextDouble();
            times.Add(Start.AddHours(row));
            xs.Add(value);
            plans.Add(row % 3);
            predictions.Add(value);
            labels.Add(labelled ? value + (Error(random, value) * Math.Sqrt(harm?.Invoke(row / Hours, row % 3) ?? 1)) : double.NaN);
        }

        return new(3, times, predictions, labels, new Dictionary<string, double[]> { ["x"] = [.. xs], ["plan"] = [.. plans] });
    }

    // Twice as far off in the upper half.
    private static double Error(SplitMix64 random, double x) => (random.NextDouble() - 0.5) * (x > 0.5 ? 0.4 : 0.2);
}
