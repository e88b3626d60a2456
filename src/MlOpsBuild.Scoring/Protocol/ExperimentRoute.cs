using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MlOpsBuild.Scoring.Protocol;

/// <summary>
/// An A/B test as the gateway knows it: which units get the version on test. A unit's arm follows from its name, the test's and the seed
/// alone, so that it is the same after a restart, at every gateway, and says nothing of its arm in another test.
/// </summary>
/// <param name="Id">The test.</param>
/// <param name="Treatment">The version on test.</param>
/// <param name="Percent">Percent of units that get it; fixed as long as the test lasts.</param>
/// <param name="Seed">Seed of the assignment.</param>
/// <param name="UnitHeader">Request header that names the unit.</param>
public sealed record ExperimentRoute(string Id, Upstream Treatment, double Percent, long Seed, string UnitHeader)
{
    private const double AllPercent = 100;

    /// <summary>The arm of a unit.</summary>
    public ExperimentArm ArmOf(string unit)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{Id}\n{Seed}\n{unit}");
        var place = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name))) / (ulong.MaxValue + 1.0);
        return place * AllPercent < Percent ? ExperimentArm.Treatment : ExperimentArm.Control;
    }
}
