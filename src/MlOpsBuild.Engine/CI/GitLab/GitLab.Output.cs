using System.Globalization;
using MlOpsBuild.Engine.Output;

namespace MlOpsBuild.Engine.CI.GitLab;

/// <summary>How one speaks to GitLab: section marks.</summary>
public sealed partial class GitLab
{
    internal override bool FoldsSections => true;

    internal override void OpenSection(HostWriter voice, string name) =>
        voice.Command(string.Create(
            CultureInfo.InvariantCulture, $"\e[0Ksection_start:{voice.Seconds}:{Section(name)}[collapsed=true]\r\e[0K{name}"));

    internal override void CloseSection(HostWriter voice, string name) =>
        voice.Command(string.Create(CultureInfo.InvariantCulture, $"\e[0Ksection_end:{voice.Seconds}:{Section(name)}\r\e[0K"));

    // A mark in a target's own output would fold what follows.
    internal override string Guard(string line) =>
        line.Replace("section_start:", "section_start :", StringComparison.Ordinal)
            .Replace("section_end:", "section_end :", StringComparison.Ordinal);

    private static string Section(string name) =>
        string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '_'));
}
