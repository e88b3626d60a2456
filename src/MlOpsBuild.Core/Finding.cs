namespace MlOpsBuild.Core;

/// <summary>One problem, said so that its reader can act.</summary>
/// <param name="Code">Its number, which never changes, as <c>MLB1003</c>; <c>src/docs/errors.md</c> has a section on each. Empty in records
/// from before there were codes.</param>
/// <param name="What">What is wrong, in a few words.</param>
/// <param name="Where">File, row, column, parameter or address.</param>
/// <param name="Value">The offending value as it was found.</param>
/// <param name="Expected">What would have been right.</param>
/// <param name="Fix">The next step that repairs it.</param>
public sealed record Finding(
    string Code, string What, string? Where = null, string? Value = null, string? Expected = null, string? Fix = null)
{
    /// <summary>One line: <c>where: what 'value'; expected …. Fix: … [code]</c>.</summary>
    public override string ToString()
    {
        var text = Where is null ? What : $"{Where}: {What}";
        text += Value is null ? "" : $" '{Value}'";
        text += Expected is null ? "" : $"; expected {Expected}";
        text += (Fix is null ? "" : $". Fix: {Fix}") + (string.IsNullOrEmpty(Code) ? "" : $" [{Code}]");
        return Excerpt.Visible(text);
    }
}
