namespace MlOpsBuild.Components.Session;

/// <summary>Where targets tell what they do; the engine decides how it looks.</summary>
public interface ISessionOutput
{
    /// <summary>Whether the caller wants a document for programs, and nothing else on standard output.</summary>
    bool WantsDocument { get; }

    /// <summary>A document for programs.</summary>
    void Document(string text);

    /// <summary>A line of result.</summary>
    void Line(string text);

    /// <summary>A line worth a look.</summary>
    void Warn(string text);

    /// <summary>A line of good news.</summary>
    void Good(string text);

    /// <summary>A line of progress.</summary>
    void Progress(string text);

    /// <summary>From now on <paramref name="secret"/> is never printed.</summary>
    void Mask(string secret);

    /// <summary>A table of texts.</summary>
    void Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows);
}
