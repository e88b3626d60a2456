using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Reporting.Tests;
using MlOpsBuild.Store.Baselines;

namespace MlOpsBuild.Reporting.Model.Tests;

public sealed class NextStepTests
{
    [Theory]
    [InlineData(Verdict.Passed, ChangeEffect.Better, false, null, "merge; the delivered branch")]
    [InlineData(Verdict.Passed, ChangeEffect.Worse, false, null, "merge only for a reason")]
    [InlineData(Verdict.Passed, ChangeEffect.Better, true, null, "bring the change up to date")]
    [InlineData(Verdict.Passed, ChangeEffect.Same, false, DeploymentOutcome.Promoted, "merge: the deployment went well")]
    [InlineData(Verdict.Passed, ChangeEffect.Same, false, DeploymentOutcome.RolledBack, "do not merge before the deployment is understood")]
    [InlineData(Verdict.Failed, ChangeEffect.Better, false, null, "change features, parameters or data")]
    [InlineData(Verdict.Inconclusive, ChangeEffect.CannotTell, false, null, "get the evidence that is missing")]
    [InlineData(Verdict.Error, ChangeEffect.CannotTell, false, null, "mend what the evidence names")]
    public void A_reviewer_is_told_what_to_do(
        Verdict verdict, ChangeEffect effect, bool stale, DeploymentOutcome? deployment, string begins) =>
        NextStepText.Of(verdict, effect, stale, deployment).ShouldStartWith(begins);

    [Theory]
    [InlineData(null, false)]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void Another_champion_than_the_one_compared_with_makes_the_report_stale(int? serving, bool stale)
    {
        var report = ReportComposer.Compose(Example.Input with { Serving = serving });

        report.Stale.ShouldBe(stale ? "Compared with v1, but v3 serves now." : null);
        report.NextStep.ShouldStartWith(stale ? "bring the change up to date" : "merge");
    }

    [Fact]
    public void A_branch_that_moved_on_makes_it_stale()
    {
        var tested = Example.Run with { Id = "there", Source = new("aaaa", "main") };
        var later = tested with { Id = "later", Started = tested.Started.AddHours(1), Source = new("bbbb", "main") };

        ReportComposer.Compose(Example.Input with { Baseline = new("aaaa", "main", tested, later, null) })
            .Stale.ShouldBe("main has moved on: run later tested a later commit of it.");
        ReportComposer.Compose(Example.Input with { Baseline = new("aaaa", "main", tested, tested, null) }).Stale.ShouldBeNull();
    }
}
