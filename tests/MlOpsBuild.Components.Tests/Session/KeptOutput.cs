namespace MlOpsBuild.Components.Session.Tests;

/// <summary>Keeps what is said, by its tone.</summary>
internal sealed class KeptOutput : ISessionOutput
{
    public List<string> All { get; } = [];

    public List<string> Warnings { get; } = [];

    public List<string> Masked { get; } = [];

    public List<IReadOnlyList<string>> Rows { get; } = [];

    public bool WantsDocument { get; init; }

    public void Document(string text) => All.Add(text);

    public void Line(string text) => All.Add(text);

    public void Warn(string text)
    {
        All.Add(text);
        Warnings.Add(text);
    }

    public void Good(string text) => All.Add(text);

    public void Progress(string text) => All.Add(text);

    public void Mask(string secret) => Masked.Add(secret);

    public void Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        All.Add(string.Join('|', headers));
        Rows.AddRange(rows);
    }
}
