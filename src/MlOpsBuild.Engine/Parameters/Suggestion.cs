namespace MlOpsBuild.Engine.Parameters;

/// <summary>"Did you mean": the known name nearest in edit distance.</summary>
internal static class Suggestion
{
    /// <summary>A sentence with a leading space, or nothing when no known name is near.</summary>
    public static string For(string name, IEnumerable<string> known, string prefix = "")
    {
        var nearest = known.Select(candidate => (candidate, Distance(ParameterName.Fold(name), ParameterName.Fold(candidate))))
            .OrderBy(pair => pair.Item2).ThenBy(pair => pair.candidate, StringComparer.Ordinal).FirstOrDefault();
        return nearest.candidate != null && nearest.Item2 <= Math.Max(2, name.Length / 3)
            ? $" Did you mean {prefix}{nearest.candidate}?"
            : "";
    }

    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
