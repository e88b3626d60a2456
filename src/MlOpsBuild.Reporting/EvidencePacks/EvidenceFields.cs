using Pack = MlOpsBuild.Reporting.EvidencePacks.PackDocument;

namespace MlOpsBuild.Reporting.EvidencePacks;

/// <summary>
/// What is asked: the technical documentation of Annex IV of the EU's AI Act (Regulation (EU) 2024/1689), and the practice of model risk
/// management (Federal Reserve SR 11-7, OCC 2011-12). In short words of our own; the texts themselves are what counts.
/// </summary>
public static class EvidenceFields
{
    private const string Act = "EU AI Act, Annex IV";
    private const string Risk = "Model risk (SR 11-7)";

    /// <summary>All of them, in the order of the texts.</summary>
    public static IReadOnlyList<EvidenceField> All { get; } =
    [
        OfAct("1a", "1(a)", "intended purpose, provider, version and its relation to earlier ones", Pack.Statement, Pack.Version),
        OfAct("1b", "1(b)", "how it interacts with hardware and software that are no part of it"),
        OfAct("1c", "1(c)", "versions of the software that it needs", Pack.Attestations, Pack.Run),
        OfAct("1d", "1(d)", "the forms in which it is supplied", Pack.Image, Pack.Version),
        OfAct("1e", "1(e)", "the hardware on which it is to run"),
        OfAct("1f", "1(f)", "where it is part of a product: what the product looks like"),
        OfAct("1g", "1(g)", "the interface that its users are given", Pack.Contract),
        OfAct("1h", "1(h)", "instructions for use", Pack.Statement, Pack.Card),
        OfAct("2a", "2(a)", "how it was developed, and what of others was used", Pack.Run, Pack.Lineage, Pack.Attestations),
        OfAct("2b", "2(b)", "its logic, its design and what it was optimised for", Pack.Run, Pack.Tuning, Pack.Evidence),
        OfAct("2c", "2(c)", "its architecture, and what was computed on to make and test it", Pack.Run),
        OfAct("2d", "2(d)", "the data: where from, how chosen, what they promise, how cleaned", Pack.Contract, Pack.Profile, Pack.Run),
        OfAct("2e", "2(e)", "what human oversight it needs"),
        OfAct("2f", "2(f)", "changes that are planned beforehand", Pack.Retraining),
        OfAct("2g", "2(g)", "how it was validated and tested, with metrics, groups and logs", Pack.Evidence, Pack.Run),
        OfAct("2h", "2(h)", "what keeps it secure", Pack.Attestations),
        OfAct("3", "3", "what it can do and cannot, for whom it is how accurate, and what can go wrong", Pack.Statement, Pack.Evidence),
        OfAct("4", "4", "why these metrics are the right ones"),
        OfAct("5", "5", "the risk management system"),
        OfAct("6", "6", "what was changed in its life", Pack.Deployments, Pack.Audit, Pack.Lineage),
        OfAct("7", "7", "standards that were applied"),
        OfAct("8", "8", "the EU declaration of conformity"),
        OfAct("9", "9", "how it is watched when it is in use", Pack.Monitoring),
        OfRisk("purpose", "purpose, use and owner", Pack.Statement),
        OfRisk("design", "design, theory and logic", Pack.Run, Pack.Evidence),
        OfRisk("data", "quality and relevance of the data", Pack.Contract, Pack.Profile),
        OfRisk("testing", "testing, with robustness and sensitivity", Pack.Evidence),
        OfRisk("limits", "assumptions and limits", Pack.Statement),
        OfRisk("implementation", "that what runs is what was tested", Pack.Run, Pack.Attestations),
        OfRisk("challenge", "effective challenge by somebody who did not make it", Pack.Approvals),
        OfRisk("outcomes", "outcomes against benchmarks and earlier models", Pack.Evidence),
        OfRisk("monitoring", "ongoing monitoring", Pack.Monitoring),
        OfRisk("changes", "inventory and control of changes", Pack.Version, Pack.Audit),
        OfRisk("approval", "who approved it, and under which policy", Pack.Approvals),
    ];

    private static EvidenceField OfAct(string id, string place, string asks, params string[] documents) =>
        new($"annex-iv-{id}", Act, place, asks, documents);

    private static EvidenceField OfRisk(string id, string asks, params string[] documents) =>
        new($"model-risk-{id}", Risk, id, asks, documents);
}
