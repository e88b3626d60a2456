namespace MlOpsBuild.Reporting.Alerts.Tests;

public sealed class AlertTests
{
    [Fact]
    public void What_got_worse_says_what_to_do_with_the_command()
    {
        var alert = Looks.AlertOf(Looks.Failed(3, "loss", "requests"));

        (alert.State, alert.Title, alert.Since).ShouldBe(
            (AlertState.Open, "Demand v3 on local got worse: loss, requests", new DateOnly(2026, 11, 10)));
        alert.Commands.Select(command => command.Command).ShouldBe(
        [
            "./build.sh Rollback --pipeline Demand --environment local --reason \"…\"",
            "./build.sh Train Deploy --pipeline Demand --environment local",
            "./build.sh Monitor --pipeline Demand --environment local",
        ]);
    }

    [Fact]
    public void All_that_is_told_of_a_version_in_a_place_has_one_id()
    {
        Looks.AlertOf(Looks.Failed()).Id.ShouldBe(Looks.AlertOf(Looks.Passed()).Id);
        Looks.AlertOf(Looks.Failed()).Id.ShouldNotBe(Looks.AlertOf(Looks.Failed(4)).Id);
    }

    [Fact]
    public void Its_text_is_for_people_and_what_is_over_asks_nobody_for_anything()
    {
        AlertText.Plain(Looks.AlertOf(Looks.Failed())).ShouldBe(
            """
            Demand v3 on local got worse: loss (since 2026-11-10)

            loss, since 2026-11-10
              mean 8 <of> 24 rows, 4 on the hold-out

            What to do
              the version before serves again:
                ./build.sh Rollback --pipeline Demand --environment local --reason "…"
              a new version, trained on newer rows, by canary:
                ./build.sh Train Deploy --pipeline Demand --environment local
              look again:
                ./build.sh Monitor --pipeline Demand --environment local

            Looked at 2026-11-21 12:00 UTC by https://example.org/run/1

            """);
        AlertText.Plain(Looks.AlertOf(Looks.Passed())).ShouldBe(
            """
            Demand v3 on local: over

            loss
              mean 4

            Looked at 2026-11-21 12:00 UTC by https://example.org/run/1

            """);
    }

    [Fact]
    public void In_an_issue_values_are_text_and_commands_can_be_copied()
    {
        var text = AlertText.Markdown(Looks.AlertOf(Looks.Failed()));

        text.ShouldContain("| loss | 2026-11-10 | mean 8 &lt;of&gt; 24 rows, 4 on the hold-out |");
        text.ShouldContain("\n    ./build.sh Rollback --pipeline Demand --environment local --reason \"…\"\n");
        text.ShouldEndWith("by [this run](https://example.org/run/1).\n");
    }
}
