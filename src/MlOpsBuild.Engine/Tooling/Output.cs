namespace MlOpsBuild.Engine.Tooling;

/// <summary>A line that a program wrote.</summary>
/// <param name="Type">Where.</param>
/// <param name="Text">The line without its end.</param>
public readonly record struct Output(OutputType Type, string Text);
