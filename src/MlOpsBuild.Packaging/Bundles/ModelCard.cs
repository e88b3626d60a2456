using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Rendering;

namespace MlOpsBuild.Packaging.Bundles;

/// <summary>Writes a model card (Mitchell et al. 2019): what it is, from which data, how good, what it is not for.</summary>
public static class ModelCard
{
    private static readonly string Markdown = EmbeddedText.Read(typeof(ModelCard).Assembly, "model-card.md.sbn");
    private static readonly string Html = EmbeddedText.Read(typeof(ModelCard).Assembly, "model-card.html.sbn");

    /// <summary>The card as Markdown, as it is in the bundle.</summary>
    /// <param name="description">What the bundle says of itself.</param>
    /// <param name="gates">The gate table.</param>
    /// <param name="dependsOn">What the model depends on, the most important first.</param>
    public static string Write(
        BundleDescription description, IReadOnlyList<GateOutcome> gates, IReadOnlyList<CardDependence>? dependsOn = null) =>
        new ScribanRenderer(TextFormat.Markdown).Render(Markdown, Of(description, gates, dependsOn));

    /// <summary>The same as a page that needs no network and no scripts.</summary>
    /// <param name="description">What the bundle says of itself.</param>
    /// <param name="gates">The gate table.</param>
    /// <param name="dependsOn">What the model depends on, the most important first.</param>
    public static string Page(
        BundleDescription description, IReadOnlyList<GateOutcome> gates, IReadOnlyList<CardDependence>? dependsOn = null) =>
        new ScribanRenderer(TextFormat.Html).Render(Html, Of(description, gates, dependsOn));

    private static object Of(
        BundleDescription description, IReadOnlyList<GateOutcome> gates, IReadOnlyList<CardDependence>? dependsOn) => new
        {
            description.Pipeline,
            description.Simulated,
            Owner = description.Card?.Owner,
            IntendedUse = description.Card?.IntendedUse,
            OutOfScope = description.Card?.OutOfScope,
            KnownLimits = description.Card?.Limits,
            Risks = description.Card?.Risks,
            Data = description.Data.ToString(),
            Through = description.Split.Through?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
            HoldOut = description.Split.Describe(),
            Classes = string.Join(", ", description.Classes),
            Positive = description.Classes.Count == 2 ? description.Classes[1] : null,
            Parameters = string.Join(", ", description.Parameters.Select(pair => $"{pair.Key}={pair.Value}")),
            Metrics = description.Metrics
                .Select(metric => new
                {
                    metric.Name,
                    Value = metric.Undefined is { } why
                        ? $"undefined: {why}"
                        : Number(metric.Value),
                    metric.Rows
                })
                .ToList(),
            DependsOn = (dependsOn ?? []).Select(part => new
            {
                part.Input, part.Metric, Loss = Number(part.Loss),
                Interval = part is { Lower: { } lower, Upper: { } upper } ? $"{Number(lower)} to {Number(upper)}" : "",
            }).ToList(),
            Gates = gates.Select(gate => new { gate.Gate, Verdict = gate.Verdict.ToString(), gate.Evidence }).ToList(),
        };

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
