namespace MlOpsBuild.Components.Session;

/// <summary>Says nothing: for a forecast, which tells its result in another way.</summary>
internal sealed class QuietOutput(ISessionOutput masks) : ISessionOutput
{
    public bool WantsDocument => false;

    public void Document(string text)
    {
    }

    public void Line(string text)
    {
    }

    public void Warn(string text)
    {
    }

    public void Good(string text)
    {
    }

    public void Progress(string text)
    {
    }

    public void Mask(string secret) => masks.Mask(secret);

    public void Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
    }
}
