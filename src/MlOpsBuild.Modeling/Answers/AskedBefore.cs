namespace MlOpsBuild.Modeling.Answers;

/// <summary>Counts what is asked more than once, in the order in which it is counted.</summary>
internal sealed class AskedBefore
{
    private readonly Dictionary<string, (int Number, int Times)> _known = new(StringComparer.Ordinal);

    /// <summary>The number of <paramref name="text"/> among those that differ, and how often it was counted before; both from 0.</summary>
    public (int Number, int Time) Count(string text)
    {
        var (number, times) = _known.GetValueOrDefault(text, (_known.Count, 0));
        _known[text] = (number, times + 1);
        return (number, times);
    }
}
