namespace MlOpsBuild.Tracking.Mirroring;

/// <summary>What a mirroring brought to the server, and what it did not.</summary>
public sealed class MirrorReport
{
    private readonly List<string> _moves = [];
    private readonly List<string> _notes = [];
    private readonly List<string> _problems = [];

    /// <summary>Runs that were made or brought up to date.</summary>
    public int Runs { get; internal set; }

    /// <summary>Versions that were registered or whose tags were set.</summary>
    public int Versions { get; internal set; }

    /// <summary>Aliases that name another version now, in words.</summary>
    public IReadOnlyList<string> Moves => _moves;

    /// <summary>What somebody may want to know.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Why something is not there; none when everything is.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Runs that wait for the next time.</summary>
    public int Waiting { get; internal set; }

    /// <summary>Whether anything was new to the server.</summary>
    public bool BroughtSomething => Runs + Versions + Moves.Count > 0;

    internal void Move(string text) => _moves.Add(text);

    internal void Note(string text)
    {
        if (!_notes.Contains(text))
        {
            _notes.Add(text);
        }
    }

    internal void Fail(string text) => _problems.Add(text);
}
