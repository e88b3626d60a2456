using System.Globalization;
using System.Text.Json.Nodes;
using MlOpsBuild.Core.Fields;

namespace MlOpsBuild.Delivery.Monitoring;

/// <summary>
/// Whose loss rose: of each value of the declared slices, the mean loss beside that on the hold-out, and what part of
/// the whole rise its rows explain.
/// </summary>
internal sealed class LossBySlice(MonitorInput input)
{
    private const int Most = 10;
    private const int FewestRows = 10;

    public IReadOnlyList<SliceLoss> Of(ServedRows window)
    {
        int[] labelled = [.. window.LabelledRows];
        var rise = labelled.Sum(row => input.Loss.Of(window, row) - input.Loss.Mean);
        return
        [
            .. input.Slices.Where(window.Columns.ContainsKey)
                .SelectMany(column => labelled.GroupBy(row => NameOf(column, window.Columns[column][row]))
                    .Where(slice => slice.Count() >= FewestRows)
                    .Select(slice =>
                    {
                        var (now, then) = (slice.Average(row => input.Loss.Of(window, row)), HoldOutOf(column, slice.Key));
                        return new SliceLoss(
                            column, slice.Key, slice.Count(), now, then,
                            rise == 0 ? 0 : Math.Clamp(slice.Sum(row => input.Loss.Of(window, row) - input.Loss.Mean) / rise, -1, 1));
                    }))
                .OrderByDescending(slice => slice.Loss / slice.HoldOut)
                .ThenBy(slice => slice.Column, StringComparer.Ordinal)
                .ThenBy(slice => slice.Value, StringComparer.Ordinal)
                .Take(Most),
        ];
    }

    private double HoldOutOf(string column, string value)
    {
        double[] losses = [.. input.HoldOut.Zip(input.Loss.Losses)
            .Where(row => TextOf(row.First.Features[column]) == value).Select(row => row.Second)];
        return losses.Length == 0 ? input.Loss.Mean : losses.Average();
    }

    private string NameOf(string column, double value) => double.IsNaN(value) ? ""
        : CategoryNames.Text(CategoryNames.Of(input.Contract[column].Rule), value);

    private static string TextOf(JsonNode? value) => value switch
    {
        null => "",
        JsonValue number when number.TryGetValue<double>(out var known) => known.ToString(CultureInfo.InvariantCulture),
        JsonValue flag when flag.TryGetValue<bool>(out var known) => known ? "1" : "0",
        _ => value.ToString(),
    };
}
