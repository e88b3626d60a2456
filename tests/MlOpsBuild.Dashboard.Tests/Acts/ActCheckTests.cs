using MlOpsBuild.Dashboard.Tests;

namespace MlOpsBuild.Dashboard.Acts.Tests;

public sealed class ActCheckTests
{
    private static readonly DashboardAct Rollback = new(DashboardActKind.Rollback, "Demand", "local", null, "it got worse");

    [Fact]
    public void What_the_page_shows_can_be_asked_for()
    {
        ProblemOf(Rollback).ShouldBeNull();
        ProblemOf(Rollback with { Kind = DashboardActKind.Deploy, Version = 4 }).ShouldBeNull();
        ProblemOf(Rollback with { Kind = DashboardActKind.Approve, Version = 4 }).ShouldBeNull();
        ProblemOf(Rollback with { Pipeline = "Churn", Environment = "docker" }).ShouldBeNull();
        ProblemOf(Rollback with { Reason = new('x', 500) }).ShouldBeNull();
        ProblemOf(Rollback with { Reason = "  war schlechter: +20 % 🚲 " }).ShouldBeNull();
    }

    [Fact]
    public void A_pipeline_of_one_place_is_none_of_another() =>
        ProblemOf(Rollback with { Pipeline = "Churn" }).ShouldBe("there is no such place");

    [Theory]
    [InlineData(DashboardActKind.Deploy)]
    [InlineData(DashboardActKind.Approve)]
    public void Of_a_version_that_there_is_not_nothing_is_asked(DashboardActKind kind)
    {
        ProblemOf(Rollback with { Kind = kind, Version = 9 }).ShouldBe("there is no such version");
        ProblemOf(Rollback with { Kind = kind }).ShouldBe("there is no such version");
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("no")]
    [InlineData("two\r\nlines")]
    [InlineData("bell \u0007")]
    public void A_reason_is_words_in_one_line(string reason) =>
        ProblemOf(Rollback with { Reason = reason })!.ShouldStartWith("a reason of 3 to 500 letters in one line");

    [Fact]
    public void What_is_missing_or_no_kind_is_told_and_nothing_breaks()
    {
        ProblemOf(null).ShouldNotBeNull();
        ProblemOf(Rollback with { Pipeline = null! }).ShouldNotBeNull();
        ProblemOf(Rollback with { Kind = (DashboardActKind)9 }).ShouldNotBeNull();
        ProblemOf(Rollback with { Reason = new('x', 501) }).ShouldNotBeNull();
    }

    private static string? ProblemOf(DashboardAct? act) => ActCheck.ProblemOf(act, Example.State);
}
