namespace MlOpsBuild.Rendering;

/// <summary>A text that is in the template's format already.</summary>
/// <param name="Text">The text.</param>
public sealed record RawText(string Text);
