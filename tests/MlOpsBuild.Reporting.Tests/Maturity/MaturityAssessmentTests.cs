using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Reporting.Tests;
using MlOpsBuild.Store.Audit;
using MlOpsBuild.Store.Runs;

namespace MlOpsBuild.Reporting.Maturity.Tests;

public sealed class MaturityAssessmentTests
{
    private static readonly RunRecord Empty = new() { Id = "1", Pipeline = "BikeDemand", Started = Example.Start };
    private static readonly RunRecord Validated = Empty with { Rows = 10 };
    private static readonly RunRecord Trained = Validated with { Model = Digest.Of("model") };
    private static readonly RunRecord Packaged = Trained with
    {
        Gates = [Example.Gate("g", Verdict.Passed)], Bundle = Digest.Of("bundle"), Version = 1
    };

    public static TheoryData<string, MaturityLevel, string?> Levels => new()
    {
        { "nothing", MaturityLevel.Manual, "data validated against its contract" },
        { "validated", MaturityLevel.ContinuousData, "a model trained with data, code and seed recorded" },
        { "trained", MaturityLevel.ContinuousTraining, "gates passed on a hold-out" },
        { "packaged, not reported", MaturityLevel.ContinuousTraining, "a report written" },
        { "reported", MaturityLevel.ContinuousIntegration, "a version promoted by a canary" },
        { "promoted", MaturityLevel.ContinuousIntegration, "a rollback done or rehearsed" },
        { "rolled back", MaturityLevel.ContinuousIntegration, "what serves is monitored" },
        { "monitored", MaturityLevel.ContinuousDeployment, null },
    };

    [Theory]
    [MemberData(nameof(Levels))]
    public void The_level_is_what_the_evidence_supports_and_the_next_missing_piece_is_named(
        string reached, MaturityLevel supported, string? missing)
    {
        var assessment = Assess(Levels.Select(row => (string)row[0]).TakeWhile(stage => stage != reached).Append(reached).ToList());

        assessment.Declared.ShouldBe(MaturityLevel.ContinuousDeployment);
        assessment.Supported.ShouldBe(supported);
        assessment.NextMissing?.Piece.ShouldBe(missing);
        (assessment.NextMissing == null).ShouldBe(missing == null);
    }

    [Fact]
    public void A_gap_below_is_not_bridged_by_evidence_above() =>
        MaturityAssessment.Of(MaturityLevel.ContinuousDeployment, new([Empty with { Model = Digest.Of("model") }], [], [], true))
            .Supported.ShouldBe(MaturityLevel.Manual);

    [Fact]
    public void Failed_gates_and_rolled_back_canaries_are_no_evidence()
    {
        var failed = Packaged with { Gates = [Example.Gate("g", Verdict.Failed)] };
        var assessment = MaturityAssessment.Of(
            MaturityLevel.Manual, new([failed], [Example.Deployment with { Outcome = DeploymentOutcome.RolledBack }], [], true));

        assessment.Pieces.Single(piece => piece.Piece == "gates passed on a hold-out").Evidence.ShouldBeNull();
        assessment.Pieces.Single(piece => piece.Piece == "a version promoted by a canary").Evidence.ShouldBeNull();
    }

    [Fact]
    public void Every_piece_says_how_to_get_it() => Assess([]).Pieces.ShouldAllBe(piece => piece.HowTo.Length > 0);

    private static MaturityAssessment Assess(List<string> reached) => MaturityAssessment.Of(
        MaturityLevel.ContinuousDeployment, new(
        reached.Contains("packaged, not reported") ? [Packaged]
            : reached.Contains("trained") ? [Trained]
            : reached.Contains("validated") ? [Validated]
            : [Empty],
        reached.Contains("promoted") ? [Example.Deployment] : [],
        [.. new[] { "rolled back", "monitored" }
            .Where(reached.Contains)
            .Select((stage, index) => Entry(index + 1, stage == "monitored" ? "monitor" : "rollback"))],
        reached.Contains("reported")));

    private static AuditEntry Entry(int sequence, string action) =>
        new(sequence, Example.Start, "ann", action, "BikeDemand/local", "rehearsal", [], Digest.Of(""));
}
