//! The credentials in memory. Each is for one connection as it was reached when the credential was
//! entered: one that goes elsewhere by now has none. What a credential is, is in the client.

use std::collections::BTreeMap;

use crate::connection::Connection;
use crate::secret::Credential;

/// A connection as far as a credential is concerned: who is asked, and where the credential goes.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Whom {
    name: String,
    base_url: String,
    token_url: String,
    client_id: String,
}

impl Whom {
    /// Of a connection.
    pub fn of(connection: &Connection) -> Self {
        Self {
            name: connection.name.clone(),
            base_url: connection.base_url.clone(),
            token_url: connection.token_url.clone(),
            client_id: connection.client_id.clone(),
        }
    }

    /// The tenant.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Whether nothing but the name is different.
    fn goes_where(&self, other: &Self) -> bool {
        let named = Self {
            name: other.name.clone(),
            ..self.clone()
        };
        named == *other
    }
}

/// The credentials. Nothing here is ever written anywhere.
#[derive(Default)]
pub struct Vault(BTreeMap<Whom, Credential>);

impl Vault {
    /// The credential for a connection.
    pub fn get(&self, whom: &Whom) -> Option<&Credential> {
        self.0.get(whom)
    }

    /// Takes a credential in, or forgets the one that is there.
    pub fn keep(&mut self, whom: Whom, credential: Option<Credential>) {
        match credential {
            Some(credential) => self.0.insert(whom, credential),
            None => self.0.remove(&whom),
        };
    }

    /// Follows a connection that was changed: its credential goes along under a new name, and is
    /// forgotten when it would go elsewhere.
    pub fn follow(&mut self, old: &Whom, new: Whom) {
        if *old == new {
            return;
        }
        if let Some(credential) = self.0.remove(old)
            && old.goes_where(&new)
        {
            self.0.insert(new, credential);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connection(name: &str, base_url: &str) -> Connection {
        Connection::to(name, base_url).unwrap()
    }

    #[test]
    fn a_credential_goes_along_with_a_name_and_nowhere_else() {
        let mut vault = Vault::default();
        let old = Whom::of(&connection("Acme", "https://acme.example"));
        let renamed = Whom::of(&connection("Acme staging", "https://acme.example"));
        let elsewhere = Whom::of(&connection("Acme staging", "https://other.example"));
        vault.keep(old.clone(), Some(Credential::pasted("token")));
        vault.follow(&old, renamed.clone());
        assert!(vault.get(&old).is_none());
        assert!(vault.get(&renamed).is_some());
        vault.follow(&renamed, elsewhere.clone());
        assert!(vault.get(&elsewhere).is_none());
        assert!(vault.get(&renamed).is_none());
    }

    #[test]
    fn another_client_or_token_url_has_no_credential() {
        let mut vault = Vault::default();
        let known = connection("Acme", "https://acme.example");
        vault.keep(Whom::of(&known), Some(Credential::pasted("token")));
        let mut client = known.clone();
        client.client_id = "other".to_owned();
        let mut token = known.clone();
        token.token_url = "https://evil.example/token".to_owned();
        assert!(vault.get(&Whom::of(&known)).is_some());
        assert!(vault.get(&Whom::of(&client)).is_none());
        assert!(vault.get(&Whom::of(&token)).is_none());
    }
}
