using System.Globalization;
using System.Text;
using MlOpsBuild.Core;

namespace MlOpsBuild.Packaging.Bundles;

/// <summary>Writes a model card (Mitchell et al. 2019): what it is, from which data, how good, what it is not for.</summary>
internal static class ModelCard
{
    public static string Write(BundleDescription description, IReadOnlyList<GateOutcome> gates)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Model card: {description.Pipeline}\n\n");
        text.Append(description.Simulated
            ? "**Trained on simulated data.** It rehearses the pipeline and must not be used for decisions.\n\n"
            : "Trained on measured data.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"- Data: `{description.Data}`\n");
        text.Append(description.Split.Through is { } through ? string.Create(CultureInfo.InvariantCulture, $"- Trained through {through:yyyy-MM-dd HH:mm}\n") : "");
        text.Append(CultureInfo.InvariantCulture, $"- Hold-out: {description.Split.Describe()}\n");
        text.Append(description.Classes.Count == 0 ? "- Predicts a number\n" : $"- Predicts probabilities of the classes {string.Join(", ", description.Classes)}{(description.Classes.Count == 2 ? $"; the positive one is {description.Classes[1]}" : "")}\n");
        text.Append(CultureInfo.InvariantCulture, $"- Parameters: {string.Join(", ", description.Parameters.Select(pair => $"{pair.Key}={pair.Value}"))}\n\n");
        text.Append("## Hold-out metrics\n\n| metric | value | rows |\n|---|---:|---:|\n");
        foreach (var metric in description.Metrics)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {metric.Name} | {(metric.Undefined is { } why ? $"undefined: {why}" : metric.Value.ToString("0.####", CultureInfo.InvariantCulture))} | {metric.Rows} |\n");
        }

        text.Append("\n## Gates\n\n| gate | verdict | evidence |\n|---|---|---|\n");
        foreach (var gate in gates)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {gate.Gate} | {gate.Verdict} | {gate.Evidence} |\n");
        }

        text.Append("\n## Limits\n\nInputs outside the ranges of the contract are refused. Quality after the hold-out's end is not known.\n");
        return text.ToString();
    }
}
