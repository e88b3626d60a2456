namespace MlOpsBuild.Reporting.Rendering;

/// <summary>A text that is in the template's format already.</summary>
/// <param name="Text">The text.</param>
internal sealed record RawText(string Text);
