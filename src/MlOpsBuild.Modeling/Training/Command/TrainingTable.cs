using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Modeling.Training.Command;

/// <summary>
/// Writes training rows for programs of one's own: <c>training.csv</c> with the fields as they came and the label,
/// <c>training.json</c> with what they mean.
/// </summary>
internal static class TrainingTable
{
    public const string RowsFile = "training.csv";
    public const string MeaningFile = "training.json";

    public static void Write(TrainingRows rows, string folder)
    {
        var names = rows.Fields.Select(field => field.Name).Append(rows.Target).ToList();
        var weight = rows.Weights == null
            ? null
            : Enumerable.Range(0, int.MaxValue).Select(number => "weight" + new string('_', number)).First(name => !names.Contains(name));
        using (var writer = new StreamWriter(Path.Combine(folder, RowsFile)) { NewLine = "\n" })
        {
            writer.WriteLine(string.Join(',', (weight == null ? names : [.. names, weight]).Select(Cell)));
            foreach (var (position, row) in rows.Inputs().Index())
            {
                var written = RowWriter.Write(rows.Fields, row.Input);
                var cells = rows.Fields.Select(field => Text(field, written[field.Name])).Append(Label(rows, position));
                writer.WriteLine(
                    string.Join(',', (rows.Weights == null ? cells : cells.Append(Number(rows.Weights[position]))).Select(Cell)));
            }
        }

        File.WriteAllBytes(Path.Combine(folder, MeaningFile), CanonicalJson.Serialize(new
        {
            rows.Fields, Label = rows.Target, Classes = rows.Classes?.Names, Weight = weight, rows.Seed,
        }));
    }

    private static string Text(FieldRule field, JsonNode? value) => value == null ? ""
        : field.Kind is FieldKind.Category or FieldKind.Text or FieldKind.Date or FieldKind.Time ? value.GetValue<string>()
        : value.ToJsonString();

    // Labels that are numbers are on the scale the model is fitted on.
    private static string Label(TrainingRows rows, int position) =>
        rows.Classes is { } classes ? classes.Names[(int)rows.Labels[position]] : Number(rows.Labels[position]);

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Cell(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0
        ? text
        : new StringBuilder("\"").Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"').ToString();
}
