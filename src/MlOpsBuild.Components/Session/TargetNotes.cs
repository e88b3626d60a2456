namespace MlOpsBuild.Components.Session;

/// <summary>What a target leaves for its line of the summary.</summary>
internal sealed class TargetNotes
{
    private readonly List<string> _texts = [];
    private int _ran;
    private int _restored;

    /// <summary>Remarks in order; whether its stages were all restored comes last.</summary>
    public IReadOnlyList<string> Texts => _restored > 0 && _ran == 0 ? [.. _texts, "restored"] : _texts;

    public void Add(string text) => _texts.Add(text);

    /// <summary>Takes over what one of several pipelines left.</summary>
    public void Add(TargetNotes others)
    {
        _texts.AddRange(others._texts);
        _ran += others._ran;
        _restored += others._restored;
    }

    public void CountStage(bool restored)
    {
        _ran += restored ? 0 : 1;
        _restored += restored ? 1 : 0;
    }
}
