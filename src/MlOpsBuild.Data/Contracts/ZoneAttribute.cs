namespace MlOpsBuild.Data.Contracts;

/// <summary>
/// Where the clock of a time hangs. Texts without an offset are that clock's, those with one are turned to it; a time that the
/// clock leaves out is a finding.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ZoneAttribute(string name) : Attribute
{
    /// <summary>
    /// An IANA name, for example <c>Europe/Berlin</c>; <c>UTC</c> for a <see cref="DateTimeOffset"/> without this attribute.
    /// </summary>
    public string Name { get; } = name;
}
