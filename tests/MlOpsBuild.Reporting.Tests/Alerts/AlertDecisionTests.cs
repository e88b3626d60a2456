using MlOpsBuild.Delivery.Monitoring;

namespace MlOpsBuild.Reporting.Alerts.Tests;

public sealed class AlertDecisionTests
{
    [Fact]
    public void An_alert_is_told_once_and_again_when_other_things_fail()
    {
        AlertDecision.Of(Looks.Failed(), null).ShouldBe(AlertState.Open);
        AlertDecision.Of(Looks.Failed(), Open("loss")).ShouldBeNull();
        AlertDecision.Of(Looks.Failed(3, "loss", "requests"), Open("loss")).ShouldBe(AlertState.Open);
        AlertDecision.Of(Looks.Failed(4), Open("loss")).ShouldBe(AlertState.Open);
        AlertDecision.Of(Looks.Failed(), Open("loss") with { State = AlertState.Over }).ShouldBe(AlertState.Open);
    }

    [Fact]
    public void It_is_over_when_all_is_well_or_another_version_serves()
    {
        AlertDecision.Of(Looks.Passed(), Open("loss")).ShouldBe(AlertState.Over);
        AlertDecision.Of(Looks.Passed(4), Open("loss")).ShouldBe(AlertState.Over);
        AlertDecision.Of(Looks.Inconclusive(4), Open("loss")).ShouldBe(AlertState.Over);
    }

    [Fact]
    public void What_cannot_be_told_yet_opens_and_ends_nothing()
    {
        AlertDecision.Of(Looks.Inconclusive(), Open("loss")).ShouldBeNull();
        AlertDecision.Of(Looks.Inconclusive(), null).ShouldBeNull();
        AlertDecision.Of(Looks.Passed(), null).ShouldBeNull();
        AlertDecision.Of(Looks.Passed(), Open("loss") with { State = AlertState.Over }).ShouldBeNull();
    }

    [Fact]
    public void What_is_shown_and_not_judged_is_no_point_of_it()
    {
        var result = Looks.Failed(3, "loss", "data");
        MonitorAspect[] aspects = [result.Aspects[0], result.Aspects[1] with { Judged = false }];

        AlertDecision.PointsOf(result with { Aspects = aspects }).ShouldBe("loss");
    }

    private static ToldAlert Open(string points) => new(AlertState.Open, 3, points);
}
