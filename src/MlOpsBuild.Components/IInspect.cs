using MlOpsBuild.Components.Agents;
using MlOpsBuild.Components.Bundles;
using MlOpsBuild.Components.Flow;

namespace MlOpsBuild.Components;

/// <summary>Looks, without changing anything.</summary>
public interface IInspect : IHazSession, IHazSubject
{
    /// <summary>What serves where, since when, at which weight.</summary>
    Target Status => _ => _
        .Description("Shows what serves where, since when, at which weight")
        .Example("Status --json", "for programs")
        .PrintsDocument(this, (session, ct) => InspectionFlow.StatusAsync(session, (this as IHazPipelines)?.Pipeline, ct));

    /// <summary>A moment in the past.</summary>
    [Parameter("With History: which version served at this time, for example \"2026-11-20 14:03\" (UTC)")]
    [ReadBy(nameof(History))]
    string? At => TryGetValue(() => At);

    /// <summary>How Lineage and History print.</summary>
    [Parameter("With Lineage and History: text, json or mermaid (Lineage only); --json prints nothing else")]
    [ReadBy(nameof(Lineage), nameof(History))]
    string? As => TryGetValue(() => As);

    /// <summary>Everything a version comes from.</summary>
    Target Lineage => _ => _
        .Description("Walks from a version (or what serves) back to bundle, run, data, commit and parameters: Lineage v3")
        .Example("Lineage v3", "where a version comes from")
        .Example("Lineage http://127.0.0.1:5000/", "where what serves there comes from")
        .PrintsDocument(this, (session, ct) => LineageFlow.LineageAsync(session, Of, As, ct));

    /// <summary>Models that are compared; the words after <c>Compare</c>.</summary>
    [Parameter("With Compare: models, the first one being what the others are compared with: versions (v3, BikeDemand-v3) or runs (run:ID)")]
    [ReadBy(nameof(Compare))]
    IReadOnlyList<string> Models => TryGetValue<string[]>(() => Models) ?? [];

    /// <summary>Several models beside one another.</summary>
    Target Compare => _ => _
        .Description("Compares models: metrics with intervals, which differences are real, and what they were made of: Compare v3 v5 run:ID; writes .mlops/comparisons")
        .Example("Compare v3 v5", "is v5 better than v3, in what, and why")
        .PrintsDocument(this, (session, ct) => CompareFlow.CompareAsync(session, (this as IHazPipelines)?.Pipeline, Models, ct));

    /// <summary>The same model once more.</summary>
    Target Reproduce => _ => _
        .Description("Trains a version once more, by its commit's own build in a clean checkout, on the data that it was trained on: the same model to the bit, or what differs: Reproduce v3")
        .Example("Reproduce v3", "is v3 what its lineage says")
        .Executes(this, (session, ct) => ReproduceFlow.ReproduceAsync(session, (this as IHazPipelines)?.Pipeline, Of, ct));

    /// <summary>Signs what people declare.</summary>
    [Parameter("With Evidence: signs the declarations of the pipeline that nobody has signed yet, with the key of MLOPS_SIGNING_KEY")]
    [ReadBy(nameof(Evidence))]
    bool? SignDeclarations => TryGetValue<bool?>(() => SignDeclarations);

    /// <summary>What there is on a version, by what is asked of it.</summary>
    Target Evidence => _ => _
        .Description("Puts what is kept and declared of a version into one file, by what Annex IV of the EU AI Act and the practice of model risk ask: each with its digest and place, or declared by whom, or missing: Evidence v3")
        .Example("Evidence v3", "writes .mlops/evidence/NAME-v3.zip, with an index")
        .PrintsDocument(this, (session, ct) => EvidenceFlow.PackAsync(
            session, (this as IHazPipelines)?.Pipeline, Of, [.. (this as IHazPipelines)?.Pipelines ?? []], SignDeclarations ?? false, ct));

    /// <summary>Every move of every alias, or what served at a moment.</summary>
    Target History => _ => _
        .Description("Shows which versions served, who moved them and why; --at TIME: which served then")
        .Example("History --at \"2026-11-20 14:03\"", "which version served then")
        .PrintsDocument(this, (session, ct) => LineageFlow.HistoryAsync(session, (this as IHazPipelines)?.Pipeline, At, As, ct));

    /// <summary>The declared maturity level against the evidence.</summary>
    Target Maturity => _ => _
        .Description("Compares the declared maturity level with the evidence, and names the next missing piece")
        .PrintsDocument(
            this, (session, ct) => MaturityFlow.ShowAsync(session, (this as IHazPipelines)?.PickedNames ?? [], DeclaredLevel.Of(this), ct));

    /// <summary>How far figures of delivery look back.</summary>
    [Parameter("With OpsMetrics: looks back so many days; 90 by default")]
    [ReadBy(nameof(OpsMetrics))]
    int? LastDays => TryGetValue<int?>(() => LastDays);

    /// <summary>Figures of delivery.</summary>
    Target OpsMetrics => _ => _
        .Description("Measures delivery from store and audit log: DORA's four keys, training duration, rollback time, model quality; writes .mlops/operations (page, JSON, OpenMetrics)")
        .Example("OpsMetrics --last-days 30", "of the last month")
        .PrintsDocument(this, (session, ct) => OperationsFlow.MeasureAsync(session, (this as IHazPipelines)?.Pipeline, LastDays, ct));

    /// <summary>Port of the page.</summary>
    [Parameter("With Dashboard: its port on this machine; a free one by default")]
    [ReadBy(nameof(Dashboard))]
    int? DashboardPort => TryGetValue<int?>(() => DashboardPort);

    /// <summary>A page over what serves.</summary>
    Target Dashboard => _ => _
        .Description("Serves one page on this machine: what serves at which weight, a canary as it goes on, what Monitor found, versions, history, audit log; rolls back and deploys with a reason")
        .Example("Dashboard --dashboard-port 5080", "until Ctrl-C; the address that it prints holds the token")
        .Executes(this, (session, ct) => DashboardFlow.ServeAsync(session, DashboardPort, ct), pulls: true);

    /// <summary>What a model may do through <c>Mcp</c>.</summary>
    [Parameter("With Mcp: what a model may do besides looking: run (targets), rollback")]
    [ReadBy(nameof(Mcp))]
    IReadOnlyList<string> Allow => TryGetValue<string[]>(() => Allow) ?? [];

    /// <summary>A Model Context Protocol server.</summary>
    Target Mcp => _ => _
        .Description("Serves the build to a language model by the Model Context Protocol, on standard input and output: looks only, unless --allow says more")
        .Example("Mcp", "describe, plan, status, report, history, lineage, maturity")
        .Example("Mcp --allow run", "and it may run targets; each such call is in the audit log")
        .Serves(this, (session, input, output, ct) => new AgentServer(
            session, BuildCall.Of(session), (this as IHazPipelines)?.PickedNames ?? [], Allow).ServeAsync(input, output, ct));
}
