using Poolhouse.Core.Primitives;

namespace Poolhouse.Server.Account.Amazon;

/// <summary>
/// What sessions of the pool look like, learned from real ones, so that who registers with a known address gets one that looks alike: as long, with
/// the same characters where all have the same, and random ones elsewhere.
/// </summary>
internal sealed class SessionShape(IRandom random)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    // Before the first real one was seen: a guess at length and beginning, not looked up. Until this node has seen two, who compares may tell them apart.
    private const int UsualLength = 1_000;
    private const string UsualBeginning = "AYABe";

    private readonly Lock _turn = new();
    private char[]? _model;
    private bool[] _isFixed = [];
    private bool _isTaughtOnce;

    /// <summary>Looks at a real one.</summary>
    public void Learn(string session)
    {
        lock (_turn)
        {
            if (_model?.Length != session.Length)
            {
                _model = session.ToCharArray();
                _isFixed = new bool[session.Length];
                Array.Fill(_isFixed, true);
                _isTaughtOnce = true;
                return;
            }

            _isTaughtOnce = false;
            for (var i = 0; i < session.Length; i++) _isFixed[i] &= _model[i] == session[i];
        }
    }

    /// <summary>Makes one that leads nowhere.</summary>
    public string Make()
    {
        lock (_turn)
        {
            var text = new char[_model?.Length ?? UsualLength];
            var bytes = random.Bytes(text.Length);
            for (var i = 0; i < text.Length; i++)
            {
                // Of one example nobody knows what others share with it; and its secret parts are somebody's.
                var isFixed = _model is not null && !_isTaughtOnce && _isFixed[i];
                text[i] = isFixed ? _model![i] : Alphabet[bytes[i] % Alphabet.Length];
            }

            if (_model is null || _isTaughtOnce) UsualBeginning.AsSpan()[..Math.Min(UsualBeginning.Length, text.Length)].CopyTo(text);
            return new string(text);
        }
    }
}
