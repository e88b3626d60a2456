using System.Globalization;
using System.Text.Json.Nodes;
using MlOpsBuild.Core.Fields;

namespace MlOpsBuild.Scoring.Rows;

/// <summary>Writes a row as the JSON object that <see cref="RowReader"/> reads back to the same numbers.</summary>
public static class RowWriter
{
    /// <summary>The object of named features for <paramref name="row"/> (values in field order; what is missing is left out).</summary>
    public static JsonObject Write(IReadOnlyList<FieldRule> fields, InputRow row)
    {
        var features = new JsonObject();
        for (var i = 0; i < fields.Count; i++)
        {
            if (double.IsNaN(row[i]))
            {
                // That there was no earlier row must be said.
                if (fields[i].Past != null)
                {
                    features[fields[i].Name] = null;
                }

                continue;
            }

            features[fields[i].Name] = fields[i].Kind switch
            {
                FieldKind.Text => row.Text(i),
                FieldKind.Time => Days.ToTime(row[i]).ToString(FieldRule.TimeFormat, CultureInfo.InvariantCulture),
                FieldKind.Date => DateOnly.FromDayNumber((int)row[i]).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                FieldKind.Category => fields[i].Categories![(int)row[i]],
                FieldKind.Whole or FieldKind.Flag => JsonValue.Create((long)row[i]),
                _ => JsonValue.Create(row[i]),
            };
        }

        return features;
    }
}
