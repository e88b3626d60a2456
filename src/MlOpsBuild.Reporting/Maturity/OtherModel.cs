namespace MlOpsBuild.Reporting.Maturity;

/// <summary>Another maturity model, by the same evidence.</summary>
/// <param name="Name">Whose it is.</param>
/// <param name="Highest">Its highest level.</param>
/// <param name="Pieces">What its levels ask for.</param>
public sealed record OtherModel(string Name, int Highest, IReadOnlyList<ModelLevel> Pieces)
{
    /// <summary>The highest level with evidence for each of its pieces and of the levels below.</summary>
    public int Supported => Enumerable.Range(1, Highest)
        .TakeWhile(level => Pieces.Where(piece => piece.Level == level).All(piece => piece.Evidence != null)).LastOrDefault();

    /// <summary>The first piece without evidence, or null.</summary>
    public ModelLevel? NextMissing => Pieces.FirstOrDefault(piece => piece.Evidence == null);

    /// <summary>
    /// Google's levels 0 to 2 (MLOps: continuous delivery and automation pipelines in machine learning) and Microsoft's 0 to 4 (machine
    /// learning operations maturity model), as far as a store can show them.
    /// </summary>
    public static IReadOnlyList<OtherModel> Of(MaturityFacts facts)
    {
        var seen = new SeenEvidence(facts);
        return
        [
            new("Google", 2,
            [
                new(1, "data validated by the pipeline", seen.Validated), new(1, "models validated by the pipeline", seen.Tested),
                new(1, "metadata of each run kept", seen.Traceable),
                new(1, "training triggered by schedule, data or decay", seen.Triggered),
                new(2, "the pipeline itself built and tested on a build server", seen.BuiltOnServer),
                new(2, "models delivered by the pipeline", seen.Promoted), new(2, "what serves monitored", seen.Monitored),
            ]),
            new("Microsoft", 4,
            [
                new(1, "code under version control", seen.Versioned), new(1, "automated builds", seen.BuiltOnServer),
                new(2, "automated training, tracked", seen.Trained), new(2, "models managed as versions", seen.Packaged),
                new(3, "delivery with an A/B comparison", seen.Promoted), new(3, "traceable from what serves back to data", seen.Traceable),
                new(4, "metrics of what serves", seen.Monitored), new(4, "retraining triggered by drift or decay", seen.TriggeredByDecay),
                new(4, "promotion by policy", seen.Promoted),
            ]),
        ];
    }
}
