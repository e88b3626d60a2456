using System.Text;
using MlOpsBuild.Engine.Execution;

namespace MlOpsBuild.Engine.Output;

/// <summary>What one target prints: at once when it is its turn, held back until then.</summary>
internal sealed class TargetOutput(ExecutableTarget target, long started)
{
    private const int RecentLines = 40;
    private readonly StringBuilder _held = new();
    private readonly Queue<string> _recent = new();

    public ExecutableTarget Target { get; } = target;

    /// <summary>Time stamp of its first action.</summary>
    public long Started { get; } = started;

    /// <summary>The last it said of its progress.</summary>
    public string Doing { get; set; } = "";

    /// <summary>Whether it is its turn.</summary>
    public bool IsDirect { get; set; }

    /// <summary>Whether it has said its last.</summary>
    public bool IsClosed { get; set; }

    /// <summary>What was written of a line that has no end yet.</summary>
    public StringBuilder HalfLine { get; } = new();

    /// <summary>Its last lines.</summary>
    public IReadOnlyList<string> Recent => [.. _recent];

    public void Remember(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            _recent.Enqueue(line);
            if (_recent.Count > RecentLines)
            {
                _recent.Dequeue();
            }
        }
    }

    public void Hold(string text) => _held.Append(text);

    public string TakeHeld()
    {
        var text = _held.ToString();
        _held.Clear();
        return text;
    }
}
