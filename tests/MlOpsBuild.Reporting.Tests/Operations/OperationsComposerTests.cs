namespace MlOpsBuild.Reporting.Operations.Tests;

public sealed class OperationsComposerTests
{
    private static OperationsMetrics Metrics { get; } = new OperationsComposer(Delivered.Input).Between(Delivered.From, Delivered.Until);

    [Fact]
    public void Deployment_frequency_counts_what_took_over_here() =>
        (Metrics.Changes.Count, Metrics.DeploymentsPerWeek, Metrics.StoppedByCanary).ShouldBe((3, 0.75, 1));

    /// <summary>A rehearsal ends with its build: nobody was served by it.</summary>
    [Fact]
    public void Rehearsals_are_no_deployments()
    {
        var rehearsed = new OperationsComposer(Delivered.Input with
        {
            Deployments = [.. Delivered.Input.Deployments.Select(deployment => deployment with { Rehearsed = true })],
        });

        rehearsed.Between(Delivered.From, Delivered.Until).Changes.ShouldBeEmpty();
    }

    [Fact]
    public void Lead_time_runs_from_the_commit_to_serving() =>
        Metrics.LeadTimeHours!.Value.ShouldBe(24, 1e-9, "median of 24 h, 48 h and 12 h");

    [Fact]
    public void A_change_fails_when_it_is_found_worse_or_rolled_back_and_not_when_a_canary_stops_it()
    {
        Metrics.Changes.Select(change => (change.Version, Failed: change.Failed != null, change.Noticed))
            .ShouldBe([(1, false, false), (2, true, true), (3, true, false)]);
        Metrics.ChangeFailureRate!.Value.ShouldBe(2.0 / 3, 1e-12);
    }

    [Fact]
    public void Recovery_runs_from_the_moment_that_it_was_noticed() =>
        Metrics.RecoveryMinutes!.Value.ShouldBe(12 * 60, 1e-9, "noticed on day 8, rolled back on day 8.5; nobody noticed v3 but a person");

    [Fact]
    public void Rollbacks_and_trainings_are_those_that_were_done()
    {
        Metrics.Rollbacks.ShouldBe([0.04, 0.06]);
        Metrics.RollbackSeconds!.Value.ShouldBe(0.05, 1e-12);
        Metrics.Trainings.ShouldBe([10.0, 30, 20]);
        (Metrics.TrainingSeconds, Metrics.TrainingSecondsNinety).ShouldBe((20, 28));
    }

    [Fact]
    public void Quality_is_that_of_each_version_in_order() =>
        Metrics.Quality.Select(point => (point.Version, point.Metric, point.Value, point.Lower, point.Upper)).ShouldBe(
            [(1, "RMSE", 100, 95, 105), (2, "RMSE", 90, 85, 95), (3, "RMSE", 95, 90, 100), (4, "RMSE", 97, 92, 102)]);

    [Fact]
    public void A_version_that_was_tested_again_counts_as_it_was_first_and_a_run_without_one_not_at_all()
    {
        var runs = Delivered.Input.Runs;
        var again = runs[1] with { Id = "r9", Started = Delivered.Until, Metrics = [runs[1].Metrics[0] with { Value = 1 }] };

        QualityPoint.Of([again, .. runs, runs[0] with { Version = null }]).Select(point => (point.Version, point.Value))
            .ShouldBe([(1, 100), (2, 90), (3, 95), (4, 97)]);
    }

    [Fact]
    public void What_was_before_does_not_count_and_what_is_not_known_is_not_nought()
    {
        var later = new OperationsComposer(Delivered.Input).Between(Delivered.From.AddDays(25), Delivered.Until);

        (later.Changes.Count, later.DeploymentsPerWeek).ShouldBe((0, 0));
        (later.LeadTimeHours, later.ChangeFailureRate, later.RecoveryMinutes, later.RollbackSeconds, later.TrainingSeconds)
            .ShouldBe((null, null, null, null, null));
    }
}
