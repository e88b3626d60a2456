namespace MlOpsBuild.Components.Session;

/// <summary>
/// Holds back what one of several says at once until it is its turn; progress is shown to nobody who would have to wait for it.
/// </summary>
internal sealed class HeldOutput(ISessionOutput output) : ISessionOutput
{
    private readonly Lock _gate = new();
    private List<Action>? _held = [];

    public bool WantsDocument => output.WantsDocument;

    public void Document(string text) => Say(() => output.Document(text));

    public void Line(string text) => Say(() => output.Line(text));

    public void Warn(string text) => Say(() => output.Warn(text));

    public void Good(string text) => Say(() => output.Good(text));

    public void Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        var kept = rows.ToList();
        Say(() => output.Table(headers, kept));
    }

    public void Mask(string secret) => output.Mask(secret);

    public void Progress(string text)
    {
        lock (_gate)
        {
            if (_held == null)
            {
                output.Progress(text);
            }
        }
    }

    /// <summary>Says what was held back; from now on all is said at once.</summary>
    public void Release()
    {
        lock (_gate)
        {
            _held?.ForEach(say => say());
            _held = null;
        }
    }

    private void Say(Action say)
    {
        lock (_gate)
        {
            if (_held == null)
            {
                say();
            }
            else
            {
                _held.Add(say);
            }
        }
    }
}
