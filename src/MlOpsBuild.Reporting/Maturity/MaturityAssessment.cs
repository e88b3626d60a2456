namespace MlOpsBuild.Reporting.Maturity;

/// <summary>Compares a declared level with what the store shows was really done.</summary>
/// <param name="Declared">The level of the build's bundle interface.</param>
/// <param name="Pieces">Everything the levels ask for, in order.</param>
public sealed record MaturityAssessment(MaturityLevel Declared, IReadOnlyList<MaturityPiece> Pieces)
{
    /// <summary>The highest level with evidence for each of its pieces and of the levels below.</summary>
    public MaturityLevel Supported => Enum.GetValues<MaturityLevel>()
        .TakeWhile(level => Pieces.Where(piece => piece.Level == level).All(piece => piece.Evidence != null))
        .Last();

    /// <summary>The first piece without evidence, or null.</summary>
    public MaturityPiece? NextMissing => Pieces.FirstOrDefault(piece => piece.Evidence == null);

    /// <summary>Assesses what <paramref name="facts"/> show.</summary>
    public static MaturityAssessment Of(MaturityLevel declared, MaturityFacts facts)
    {
        var seen = new SeenEvidence(facts);
        return new(declared,
        [
            new(MaturityLevel.ContinuousData, "data validated against its contract", seen.Validated, "./build.sh ValidateData"),
            new(
                MaturityLevel.ContinuousTraining, "a model trained with data, code and seed recorded", seen.Trained, "./build.sh Train"),
            new(MaturityLevel.ContinuousIntegration, "gates passed on a hold-out", seen.Tested, "./build.sh TestModel"),
            new(MaturityLevel.ContinuousIntegration, "a bundle that passed its contract test", seen.Packaged, "./build.sh Package"),
            new(
                MaturityLevel.ContinuousIntegration, "a report written", facts.Reported ? ".mlops/reports" : null, "./build.sh Report"),
            new(
                MaturityLevel.ContinuousDeployment, "a version promoted by a canary", seen.Promoted,
                "./build.sh Train Deploy (with a version serving already)"),
            new(
                MaturityLevel.ContinuousDeployment, "a rollback done or rehearsed", seen.RolledBack,
                "./build.sh Rollback --reason rehearsal"),
            new(
                MaturityLevel.ContinuousDeployment, "what serves is monitored", seen.Monitored,
                "./build.sh Monitor (with a version serving)"),
        ]);
    }
}
