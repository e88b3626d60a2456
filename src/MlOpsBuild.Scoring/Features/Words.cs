namespace MlOpsBuild.Scoring.Features;

/// <summary>The words of a text: runs of letters and digits, in lower case; and neighbours of them.</summary>
public static class Words
{
    /// <summary>Every run of 1 to <paramref name="most"/> neighbouring words, joined by a blank.</summary>
    public static IEnumerable<string> Of(string text, int most)
    {
        var words = Split(text.ToLowerInvariant());
        for (var first = 0; first < words.Count; first++)
        {
            for (var count = 1; count <= most && first + count <= words.Count; count++)
            {
                yield return string.Join(' ', words.GetRange(first, count));
            }
        }
    }

    private static List<string> Split(string text)
    {
        var words = new List<string>();
        var start = -1;
        for (var position = 0; position <= text.Length; position++)
        {
            var inside = position < text.Length && char.IsLetterOrDigit(text[position]);
            if (inside && start < 0)
            {
                start = position;
            }
            else if (!inside && start >= 0)
            {
                words.Add(text[start..position]);
                start = -1;
            }
        }

        return words;
    }
}
