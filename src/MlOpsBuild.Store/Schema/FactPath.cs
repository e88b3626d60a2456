using System.Globalization;

namespace MlOpsBuild.Store.Schema;

/// <summary>Names and folders of facts, the same in the store's folder and on the state branch. Folders keep git's trees small.</summary>
public static class FactPath
{
    private const int DayLength = 8;

    /// <summary>The folder of a name that begins with a time: its day, <c>20261121</c>.</summary>
    public static string DayOf(string name) => name.Length >= DayLength && name[..DayLength].All(char.IsAsciiDigit) ? name[..DayLength] : "undated";

    /// <summary>The file name of number <paramref name="number"/> in a series.</summary>
    public static string Numbered(int number) => number.ToString("00000", CultureInfo.InvariantCulture) + ".json";
}
